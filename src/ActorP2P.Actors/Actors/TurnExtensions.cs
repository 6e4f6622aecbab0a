namespace ActorP2P.Actors;

/// <summary>
/// The engine's part of the seam that spares hops over the thread pool. In a simulation, and for every other kind of reference,
/// each of these is a Tell.
/// </summary>
/// <remarks>
/// A thread puts off one turn at most, and gives it to the pool before it begins another message, so that nothing ever waits
/// behind a handler that came later. Turns are bounded as always.
/// </remarks>
internal static class TurnExtensions
{
    /// <summary>
    /// Sends, and where the actor is idle and no actor runs on this thread runs its turn here, and one that this turn puts off.
    /// </summary>
    public static void TellAndRun(this IActorRef receiver, object message, IActorRef? sender) =>
        Tell(receiver, message, sender, TurnPlace.Here);

    /// <summary>
    /// The same on a thread that is not through with something that must not wait, such as beginning the next receive: turns
    /// that come of this one are put off until <see cref="RunNextTurn"/>, which the thread must call.
    /// </summary>
    public static void TellAndRunAlone(this IActorRef receiver, object message, IActorRef? sender) =>
        Tell(receiver, message, sender, TurnPlace.HereAlone);

    /// <summary>
    /// Sends from within a turn, and where the actor is idle puts its turn off until this one has ended. Not for code that may
    /// wait for the outcome before its own turn ends: it would wait for ever.
    /// </summary>
    public static void TellNext(this IActorRef receiver, object message, IActorRef? sender) =>
        Tell(receiver, message, sender, TurnPlace.Next);

    /// <summary>
    /// Sends, and where the actor is idle puts its turn behind all work that the pool has: others that send meanwhile find it
    /// waiting, and one turn handles what they sent.
    /// </summary>
    public static void TellLater(this IActorRef receiver, object message, IActorRef? sender) =>
        Tell(receiver, message, sender, TurnPlace.Later);

    /// <summary>Runs the turn that this thread has put off, if there is one. Not from within a turn.</summary>
    public static void RunNextTurn() => Mailbox.RunNext(TurnSlot.Mine);

    private static void Tell(IActorRef receiver, object message, IActorRef? sender, TurnPlace place)
    {
        if (receiver is LocalActorRef local)
        {
            local.TellAndRun(message, sender, place);
        }
        else
        {
            receiver.Tell(message, sender);
        }
    }
}
