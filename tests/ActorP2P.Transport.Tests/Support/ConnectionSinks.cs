using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>Receives accepted and dialled connections in order.</summary>
internal sealed class ConnectionSinks : IAcceptSink, IDialSink
{
    private readonly TaskCompletionSource<IConnection> _accepted = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<IConnection> _dialled = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<TransportError> _failed = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<PeerAddress> _listening = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private int _outcomes;

    /// <summary>The first address of the listener; fails with a <see cref="TransportException"/>.</summary>
    public Task<PeerAddress> Listening => _listening.Task;

    public Task<IConnection> Accepted => _accepted.Task;

    public Task<IConnection> Dialled => _dialled.Task;

    public Task<TransportError> DialFailed => _failed.Task;

    public List<TransportError> AcceptErrors { get; } = [];

    public int Outcomes => Volatile.Read(ref _outcomes);

    public void OnListening(IReadOnlyList<PeerAddress> addresses) =>
        Assert.True(_listening.TrySetResult(addresses[0]), "Answered twice.");

    public void OnListenFailed(TransportError error) =>
        Assert.True(_listening.TrySetException(new TransportException(error)), "Answered twice.");

    public void OnAccepted(IConnection connection) => _accepted.TrySetResult(connection);

    public void OnAcceptFailed(TransportError error) => AcceptErrors.Add(error);

    public void OnDialled(IConnection connection)
    {
        Interlocked.Increment(ref _outcomes);
        _dialled.TrySetResult(connection);
    }

    public void OnDialFailed(TransportError error)
    {
        Interlocked.Increment(ref _outcomes);
        _failed.TrySetResult(error);
    }
}
