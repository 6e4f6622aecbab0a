namespace ActorP2P;

/// <summary>Receives the outcome of one dial: exactly one call, on any thread.</summary>
public interface IDialSink
{
    /// <summary>The connection is made. The sink owns it and must start or dispose it.</summary>
    void OnDialled(IConnection connection);

    /// <summary>There is no connection, for the given reason.</summary>
    void OnDialFailed(TransportError error);
}
