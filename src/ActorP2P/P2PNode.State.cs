using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>The application's state, which peers see.</content>
public sealed partial class P2PNode
{
    /// <summary>The longest state, in bytes.</summary>
    public const int MaxStateBytes = HelloCodec.MaxState;

    /// <summary>The application's own state, as peers are told it; empty when it has said none.</summary>
    public ReadOnlyMemory<byte> State => Context.Profile.State;

    /// <summary>
    /// Tells all peers a new state of the application, such as a chain's best height. It is in the hello of every
    /// connection that is made from now on, and every peer that is ready, or becomes ready, is told; each sees it in
    /// <see cref="Peer.State"/> and by <see cref="PeerStateChanged"/>. Of states that follow each other within a second
    /// a peer may see only the last.
    /// </summary>
    /// <param name="state">The state, at most <see cref="MaxStateBytes"/> bytes. It is copied.</param>
    /// <param name="cancellationToken">Ends the wait; the state may be told nevertheless.</param>
    /// <returns>A task that completes when the state has been handed to all connections.</returns>
    /// <exception cref="ArgumentException">The state is too long.</exception>
    /// <exception cref="NodeStoppedException">The node has stopped.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task SetStateAsync(ReadOnlyMemory<byte> state, CancellationToken cancellationToken = default)
    {
        RequireState(state, nameof(state));
        cancellationToken.ThrowIfCancellationRequested();
        if (Promises.Stopped.IsCompleted)
        {
            return Task.FromException(new NodeStoppedException("The node has stopped."));
        }

        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Context.Manager.Tell(new ManagerMessages.SetState(state.ToArray(), done), ActorRefs.NoSender);
        return done.Task.OrCancelled(cancellationToken);
    }

    /// <summary>Checks that peers accept the length of a state.</summary>
    /// <exception cref="ArgumentException">It is too long.</exception>
    internal static void RequireState(ReadOnlyMemory<byte> state, string name)
    {
        if (state.Length > MaxStateBytes)
        {
            throw new ArgumentException(
                $"{name} is {state.Length} bytes long; allowed: at most {MaxStateBytes} bytes.", name);
        }
    }
}
