using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;

namespace ActorP2P.Actors;

/// <summary>How to make an actor, as often as restarts need it; immutable.</summary>
public sealed class Props
{
    private readonly IIndirectActorProducer _producer;

    private Props(IIndirectActorProducer producer) => _producer = producer;

    private Props(Props other)
    {
        _producer = other._producer;
        Dispatcher = other.Dispatcher;
        Mailbox = other.Mailbox;
        SupervisorStrategy = other.SupervisorStrategy;
        StashCapacity = other.StashCapacity;
    }

    /// <summary>The type of the actor.</summary>
    public Type Type => _producer.ActorType;

    /// <summary>The dispatcher's id, or empty for the default one.</summary>
    public string Dispatcher { get; private init; } = "";

    /// <summary>The mailbox's id, or empty for the default one.</summary>
    public string Mailbox { get; private init; } = "";

    /// <summary>The strategy that replaces the actor's own, if any.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; private init; }

    /// <summary>How many messages the stash holds, or null for as many as come.</summary>
    public int? StashCapacity { get; private init; }

    /// <summary>
    /// From <c>() => new MyActor(a, b)</c>. The arguments are evaluated once, here; a restart passes the same values again.
    /// </summary>
    /// <exception cref="ArgumentException">The expression is no constructor call.</exception>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase =>
        new(new ConstructorProducer(typeof(TActor), factory)) { SupervisorStrategy = supervisorStrategy };

    /// <summary>Of a type with a parameterless constructor.</summary>
    public static Props Create<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
        TActor>(SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase, new() =>
        new(new DefaultConstructorProducer<TActor>()) { SupervisorStrategy = supervisorStrategy };

    /// <summary>Of a type, with the arguments for one of its public constructors.</summary>
    public static Props Create<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
        TActor>(params object[] args)
        where TActor : ActorBase => Create(typeof(TActor), args);

    /// <summary>Of a type, with the arguments for one of its public constructors.</summary>
    public static Props Create(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type,
        params object[] args) => new(new ActivatorProducer(type, args));

    /// <summary>From a producer, asked anew for every incarnation.</summary>
    /// <param name="producer">Makes the instances.</param>
    /// <param name="args">Ignored; the producer is an instance already. It is in the dialect's signature.</param>
    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) => new(producer);

    /// <summary>The same with another dispatcher.</summary>
    public Props WithDispatcher(string dispatcher) => new(this) { Dispatcher = dispatcher };

    /// <summary>The same with another mailbox.</summary>
    public Props WithMailbox(string mailbox) => new(this) { Mailbox = mailbox };

    /// <summary>The same with a strategy that replaces the actor's own.</summary>
    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) =>
        new(this) { SupervisorStrategy = supervisorStrategy };

    /// <summary>The same with a stash that holds so many messages and no more.</summary>
    public Props WithStashCapacity(int stashCapacity) => new(this) { StashCapacity = stashCapacity };

    internal ActorBase NewActor() => _producer.Produce();

    internal void Release(ActorBase actor) => _producer.Release(actor);
}
