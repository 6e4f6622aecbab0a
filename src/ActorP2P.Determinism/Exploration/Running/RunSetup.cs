using Akka.Actor;

namespace ActorP2P.Determinism;

/// <summary>How one run of an exploration is played.</summary>
internal sealed record RunSetup
{
    /// <summary>The seed of the world.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Which of the ready turns comes next.</summary>
    public required Strategy Strategy { get; init; }

    /// <summary>The decisions to play again; null when the strategy and the faults decide.</summary>
    public Schedule? Replayed { get; init; }

    /// <summary>What may go wrong.</summary>
    public required FaultOptions Faults { get; init; }

    /// <summary>How long the run may take in real time.</summary>
    public required TimeSpan RealLimit { get; init; }

    /// <summary>Whether messages are kept as text and states are asked for, to be shown.</summary>
    public bool IsShown { get; init; }

    /// <summary>The state of an actor that a diagram shows; null for none.</summary>
    public Func<ActorBase, string?>? State { get; init; }

    /// <summary>What a diagram says of a message.</summary>
    public Func<object, string>? Text { get; init; }
}
