namespace ActorP2P;

/// <summary>Takes the outcome of one dial: exactly one call, from any thread.</summary>
public interface IDialSink
{
    /// <summary>The connection is made; the sink owns it now, and must start or dispose it.</summary>
    void OnDialled(IConnection connection);

    /// <summary>There is no connection, and why.</summary>
    void OnDialFailed(TransportError error);
}
