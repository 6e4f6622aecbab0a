using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Actors;

/// <summary>Spreads events within one system to the actors that subscribed to their type or a base of it.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "The dialect's name.")]
public sealed class EventStream
{
    private readonly Lock _gate = new();
    private readonly List<Subscription> _subscriptions = [];
    private volatile Dictionary<Type, IActorRef[]> _routes = [];

    internal EventStream()
    {
    }

    /// <summary>Subscribes an actor to a type and all types below it; false when it was subscribed already.</summary>
    public bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(channel);
        lock (_gate)
        {
            _subscriptions.RemoveAll(static known => known.Subscriber is IInternalActorRef { IsTerminated: true });
            if (_subscriptions.Exists(known => known.Channel == channel && known.Subscriber.Equals(subscriber)))
            {
                return false;
            }
            _subscriptions.Add(new Subscription(subscriber, channel));
            _routes = [];
            return true;
        }
    }

    /// <summary>Ends a subscription; false when there was none.</summary>
    public bool Unsubscribe(IActorRef subscriber, Type channel) =>
        Remove(known => known.Channel == channel && known.Subscriber.Equals(subscriber));

    /// <summary>Ends all subscriptions of an actor; false when there were none.</summary>
    public bool Unsubscribe(IActorRef subscriber) => Remove(known => known.Subscriber.Equals(subscriber));

    /// <summary>Sends an event to its subscribers, in the order in which they subscribed.</summary>
    public void Publish(object @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        Type type = @event.GetType();
        if (!_routes.TryGetValue(type, out IActorRef[]? subscribers))
        {
            subscribers = Route(type);
        }
        foreach (IActorRef subscriber in subscribers)
        {
            // The end of a subscriber must not make dead letters, which would be events for it again.
            if (subscriber is not IInternalActorRef { IsTerminated: true })
            {
                subscriber.Tell(@event, ActorRefs.NoSender);
            }
        }
    }

    internal bool HasSubscribers(Type type) => (_routes.GetValueOrDefault(type) ?? Route(type)).Length > 0;

    private bool Remove(Predicate<Subscription> condition)
    {
        lock (_gate)
        {
            _routes = [];
            return _subscriptions.RemoveAll(condition) > 0;
        }
    }

    private IActorRef[] Route(Type type)
    {
        lock (_gate)
        {
            IActorRef[] subscribers = [.. _subscriptions
                .Where(known => known.Channel.IsAssignableFrom(type))
                .Select(static known => known.Subscriber)
                .Distinct()];
            _routes = new Dictionary<Type, IActorRef[]>(_routes) { [type] = subscribers };
            return subscribers;
        }
    }
}
