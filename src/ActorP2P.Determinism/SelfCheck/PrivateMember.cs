using System.Collections.Immutable;
using System.Reflection;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Akka.Util;

namespace ActorP2P.Determinism;

/// <summary>
/// A private field of Akka.NET or of the runtime that the simulation needs, and the type it must have.
/// </summary>
internal sealed record PrivateMember(Type Owner, string Name, Type FieldType, bool IsStatic)
{
    private const BindingFlags Any =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    /// <summary>All members that <see cref="AkkaPrivates"/> uses.</summary>
    public static ImmutableArray<PrivateMember> Required { get; } =
    [
        new(typeof(ThreadLocalRandom), "_rng", typeof(ThreadLocal<Random>), IsStatic: true),
        new(typeof(EmptyChildrenContainer), "_emptyStats", typeof(ImmutableDictionary<string, IChildStats>),
            IsStatic: true),
        new(typeof(Mailbox), "_actor", typeof(ActorCell), IsStatic: false),
        new(typeof(Mailbox), "<MessageQueue>k__BackingField", typeof(IMessageQueue), IsStatic: false),
        new(typeof(ActorCell), "<Actor>k__BackingField", typeof(ActorBase), IsStatic: false),
        new(typeof(ActorBase), "_supervisorStrategy", typeof(SupervisorStrategy), IsStatic: false),
        new(typeof(UnboundedPriorityMessageQueue), "_prependBuffer", typeof(Stack<Envelope>), IsStatic: false),
        new(typeof(UnboundedStablePriorityMessageQueue), "_prependBuffer", typeof(Stack<Envelope>), IsStatic: false),
        new(typeof(Task), "m_stateFlags", typeof(int), IsStatic: false),
    ];

    /// <summary>Whether the running version has the field with the needed type.</summary>
    public bool IsThere =>
        Owner.GetField(Name, Any) is { } found && found.FieldType == FieldType && found.IsStatic == IsStatic;

    /// <inheritdoc/>
    public override string ToString() => $"{Owner.FullName}.{Name}";
}
