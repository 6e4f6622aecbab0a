namespace ActorP2P;

/// <summary>The messages to the <see cref="DhtActor"/>.</summary>
internal static class DhtMessages
{
    /// <summary>A question of a peer.</summary>
    /// <param name="Peer">The peer.</param>
    /// <param name="Request">The question.</param>
    public sealed record Serve(Peer Peer, IMessage Request) : IUndeliverable
    {
        /// <summary>The answer.</summary>
        public TaskCompletionSource<IMessage> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnUndelivered() =>
            Answer.TrySetException(RequestRefusedException.NoRoom("the distributed hash table is not there now"));
    }

    /// <summary>Begin a lookup.</summary>
    public sealed record Begin(DhtJob Job) : IUndeliverable
    {
        public void OnUndelivered() => Job.Fail(new NodeStoppedException("The node has stopped."));
    }

    /// <summary>Offer a service from now on.</summary>
    /// <param name="Service">The name of the service.</param>
    public sealed record Provide(string Service) : IUndeliverable
    {
        /// <summary>How many nodes keep the record.</summary>
        public TaskCompletionSource<Task<int>> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnUndelivered() => Told.TrySetException(new NodeStoppedException("The node has stopped."));
    }

    /// <summary>Offer a service no longer.</summary>
    public sealed record StopProviding(string Service);

    /// <summary>Nobody waits for a lookup any more.</summary>
    public sealed record Cancel(DhtJob Job);

    /// <summary>A question to another node has ended.</summary>
    public sealed record QuestionEnded(long Number, DhtReply Reply);

    /// <summary>A question or a lookup may have taken too long.</summary>
    public sealed record Due
    {
        public static readonly Due Instance = new();
    }

    /// <summary>It is time to look after the tables.</summary>
    public sealed record Tick
    {
        public static readonly Tick Instance = new();
    }
}
