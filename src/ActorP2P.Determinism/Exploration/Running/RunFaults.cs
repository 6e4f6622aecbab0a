namespace ActorP2P.Determinism;

/// <summary>Decides the faults of a run.</summary>
internal sealed class RunFaults(FaultOptions options, DecisionTape tape)
{
    // A delay or lateness is one of four parts of the greatest.
    private const int Levels = 5;
    private const int LateOneIn = 4;
    private const int CrashOneIn = 8;

    private readonly Dictionary<ChannelKey, MessageChannel> _channels = [];
    private int _crashes;

    /// <summary>When a message arrives: now, or later.</summary>
    public TimeSpan Arrival(Lane from, Lane to, TimeSpan now)
    {
        if (options.MessageDelay <= TimeSpan.Zero || from == to)
        {
            return now;
        }
        ChannelKey key = new(from, to);
        if (!_channels.TryGetValue(key, out MessageChannel? channel))
        {
            _channels[key] = channel = new MessageChannel($"{from.Name}>{to.Name}");
        }
        int level = tape.Choose(new DecisionKey(DecisionKind.Delay, channel.Name, ++channel.Sent), Levels, LateOneIn);
        TimeSpan asked = now + (options.MessageDelay * level / (Levels - 1));
        channel.Until = asked > channel.Until ? asked : channel.Until;
        return channel.Until;
    }

    /// <summary>By how much a timer is late.</summary>
    public TimeSpan Lateness(Lane owner)
    {
        if (options.TimerLateness <= TimeSpan.Zero || owner.ActorType is null)
        {
            return TimeSpan.Zero;
        }
        int level = tape.Choose(new DecisionKey(DecisionKind.Lateness, owner.Name, ++owner.Timers), Levels, LateOneIn);
        return options.TimerLateness * level / (Levels - 1);
    }

    /// <summary>Whether an actor crashes: 1 in the place of handling a message, 2 after it.</summary>
    public int Crash(Lane lane)
    {
        if (_crashes >= options.MaxCrashes || lane.ActorType is null || !options.MayCrash(lane.Name))
        {
            return 0;
        }
        int crash = tape.Choose(new DecisionKey(DecisionKind.Crash, lane.Name, lane.Handled), 3, CrashOneIn);
        _crashes += crash > 0 ? 1 : 0;
        return crash;
    }

    private readonly record struct ChannelKey(Lane From, Lane To);
}
