namespace ActorP2P.Actors;

/// <summary>Messages put aside by an actor, to be handled later, in front of what waits in the mailbox then.</summary>
public interface IStash
{
    /// <summary>How many messages are put aside.</summary>
    int Count { get; }

    /// <summary>How many fit; -1 for as many as come.</summary>
    int Capacity { get; }

    /// <summary>True when nothing is put aside.</summary>
    bool IsEmpty { get; }

    /// <summary>True when something is put aside.</summary>
    bool NonEmpty { get; }

    /// <summary>True when another message would not fit.</summary>
    bool IsFull { get; }

    /// <summary>Puts the message being handled aside.</summary>
    /// <exception cref="IllegalActorStateException">It has been put aside already.</exception>
    /// <exception cref="StashOverflowException">The stash is full.</exception>
    void Stash();

    /// <summary>Takes the oldest message back.</summary>
    void Unstash();

    /// <summary>Takes all messages back, in their order.</summary>
    void UnstashAll();

    /// <summary>Takes the messages back that a predicate accepts; the others are dropped from the stash.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Empties the stash and returns what was in it.</summary>
    IEnumerable<Envelope> ClearStash();

    /// <summary>Puts envelopes in front of what is put aside.</summary>
    void Prepend(IEnumerable<Envelope> envelopes);
}
