namespace ActorP2P.Transport.Tests;

/// <summary>The sink of an end that only sends what fits at once.</summary>
internal sealed class IgnoringSink : IConnectionSink
{
    public void OnReceived(OperationResult result)
    {
    }

    public void OnSent(OperationResult result)
    {
    }

    public void OnPosted()
    {
    }
}
