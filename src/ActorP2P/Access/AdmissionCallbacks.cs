namespace ActorP2P;

/// <summary>What the program has registered to admit peers.</summary>
internal sealed class AdmissionCallbacks
{
    private readonly AdmissionCallback?[] _services = new AdmissionCallback?[256];

    /// <summary>Is asked about accepted connections; null: all are admitted.</summary>
    public AdmissionCallback? Connection { get; private set; }

    /// <summary>Is asked about peers after their hello; null: all are admitted.</summary>
    public AdmissionCallback? Peer { get; private set; }

    /// <summary>Whether any service has a callback.</summary>
    public bool HasServices { get; private set; }

    /// <summary>Is asked about the first message of a peer to a service; null: all are admitted.</summary>
    public AdmissionCallback? OfService(byte code) => _services[code];

    /// <summary>Registers a callback.</summary>
    /// <exception cref="InvalidOperationException">There is one already.</exception>
    public void Add(AdmissionStage stage, byte service, AdmissionCallback callback)
    {
        AdmissionCallback? known = stage switch
        {
            AdmissionStage.Connection => Connection,
            AdmissionStage.Peer => Peer,
            _ => _services[service],
        };
        if (known is not null)
        {
            throw new InvalidOperationException(
                $"There is a callback for the admission at the stage {stage} already"
                + (stage == AdmissionStage.Service ? $", for the service {service:x2}." : "."));
        }

        switch (stage)
        {
            case AdmissionStage.Connection:
                Connection = callback;
                break;
            case AdmissionStage.Peer:
                Peer = callback;
                break;
            default:
                _services[service] = callback;
                HasServices = true;
                break;
        }
    }
}
