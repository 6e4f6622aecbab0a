namespace ActorP2P.Transport.Tests;

/// <summary>Keeps the last result of each direction.</summary>
internal sealed class LastResult : IConnectionSink
{
    public OperationResult? Received { get; private set; }

    public OperationResult? Sent { get; private set; }

    public void OnReceived(OperationResult result) => Received = result;

    public void OnSent(OperationResult result) => Sent = result;

    public void OnPosted()
    {
    }
}
