namespace ActorP2P.Actors;

/// <summary>What a system is made of beyond its name; ours, Akka.NET has no equal.</summary>
public sealed class EngineSetup
{
    /// <summary>The clock and source of timers; ignored in a simulation, which brings its own.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The configuration.</summary>
    public Config Config { get; init; } = Config.Empty;

    /// <summary>The simulation the system takes part in; null runs it on the thread pool.</summary>
    public DeterministicScheduler? Deterministic { get; init; }

    /// <summary>The mailboxes that Props can name, beside those of the configuration.</summary>
    public IReadOnlyDictionary<string, MailboxSetup> Mailboxes { get; init; } = new Dictionary<string, MailboxSetup>();

    /// <summary>Puts something between the system and its clock, a simulation's too: timers that are late or forgotten.</summary>
    public Func<TimeProvider, TimeProvider>? TimeDecorator { get; init; }

    /// <summary>The system's number in the simulation; one system at a time per number, from 0 up.</summary>
    public int NodeKey { get; init; }
}
