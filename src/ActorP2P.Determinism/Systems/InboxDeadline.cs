using Akka.Actor;

namespace ActorP2P.Determinism;

/// <summary>
/// Makes sure that the timeouts of an Inbox pass. An Inbox ends requests whose deadline is before
/// now. A virtual timer fires exactly at the deadline, while a real one is always a little late.
/// </summary>
internal static class InboxDeadline
{
    private static readonly Type? s_kick = typeof(Inbox).Assembly.GetType("Akka.Actor.Kick");

    public static TimeSpan Past(TimeSpan delay, object message) =>
        message.GetType() == s_kick ? delay + TimeSpan.FromTicks(1) : delay;
}
