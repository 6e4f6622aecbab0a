using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Akka.Util;

namespace ActorP2P.Determinism;

/// <summary>
/// The private state of Akka.NET and of the runtime that must be the same in every run and that no public member
/// gives access to. Each member is listed in <see cref="PrivateMember.Required"/>, which the first world checks.
/// </summary>
internal static class AkkaPrivates
{
    private static readonly Lazy<ThreadLocal<Random>> s_random = new(
        static () => (ThreadLocal<Random>)typeof(ThreadLocalRandom)
        .GetField("_rng", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!);

    /// <summary>
    /// Sets the random numbers that Akka uses on this thread (uids, random routers, back-off), and returns the previous
    /// ones.
    /// </summary>
    public static Random SwapRandom(Random random)
    {
        ThreadLocal<Random> slot = s_random.Value;
        Random outer = slot.Value!;
        slot.Value = random;
        return outer;
    }

    /// <summary>
    /// Gives children an order that does not depend on the hash seed of the process. It applies to all systems
    /// that are made afterwards, and changes only the order in which a parent enumerates its children.
    /// </summary>
    public static void UseStableOrderOfChildren() =>
        EmptyStats(null) = ImmutableDictionary.Create<string, IChildStats>(new StableNameComparer());

    /// <summary>
    /// Makes the continuations of a promise run inside the step that completes it. Ask makes its promise with
    /// asynchronous continuations, which would run on the thread pool.
    /// </summary>
    public static void ContinueInline(Task task) =>
        StateFlags(task) &= ~(int)TaskCreationOptions.RunContinuationsAsynchronously;

    public static ActorCell ActorOf(Mailbox mailbox) => MailboxActor(mailbox);

    public static ActorBase? InstanceOf(ActorCell cell) => CellActor(cell);

    /// <summary>
    /// Whether a priority mailbox holds messages that its actor has unstashed. Its own count leaves them out.
    /// </summary>
    public static bool HoldsUnstashed(IMessageQueue queue) => queue switch
    {
        UnboundedPriorityMessageQueue unstable => Prepended(unstable).Count > 0,
        UnboundedStablePriorityMessageQueue stable => Prepended(stable).Count > 0,
        ObservedQueue observed => HoldsUnstashed(observed.Inner),
        _ => false,
    };

    /// <summary>Schedules a mailbox to run, even if it reports no messages.</summary>
    public static void RunAgain(MessageDispatcher dispatcher, Mailbox mailbox) =>
        Register(dispatcher, mailbox, hasMessageHint: true, hasSystemMessageHint: false);

    public static ref SupervisorStrategy? StrategyOf(ActorBase actor) => ref ActorStrategy(actor);

    /// <summary>Asks an actor for its strategy, as Akka does when the first child fails.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "SupervisorStrategy")]
    public static extern SupervisorStrategy AskStrategy(ActorBase actor);

    /// <summary>Makes an actor fail as if its handler had thrown.</summary>
    public static void Fail(ActorCell cell, Exception cause) => HandleFailure(cell, cause, null);

    /// <summary>The queue of a mailbox.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<MessageQueue>k__BackingField")]
    public static extern ref IMessageQueue QueueOf(Mailbox mailbox);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "HandleInvokeFailure")]
    private static extern void HandleFailure(
        ActorCell cell, Exception cause, IEnumerable<IActorRef>? childrenNotToSuspend);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_prependBuffer")]
    private static extern ref Stack<Envelope> Prepended(UnboundedPriorityMessageQueue queue);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_prependBuffer")]
    private static extern ref Stack<Envelope> Prepended(UnboundedStablePriorityMessageQueue queue);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "RegisterForExecution")]
    private static extern bool Register(
        MessageDispatcher dispatcher, Mailbox mailbox, bool hasMessageHint, bool hasSystemMessageHint);

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "_emptyStats")]
    private static extern ref ImmutableDictionary<string, IChildStats> EmptyStats(EmptyChildrenContainer? container);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_stateFlags")]
    private static extern ref int StateFlags(Task task);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_actor")]
    private static extern ref ActorCell MailboxActor(Mailbox mailbox);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Actor>k__BackingField")]
    private static extern ref ActorBase? CellActor(ActorCell cell);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_supervisorStrategy")]
    private static extern ref SupervisorStrategy? ActorStrategy(ActorBase actor);
}
