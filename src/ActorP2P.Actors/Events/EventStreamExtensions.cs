namespace ActorP2P.Actors;

/// <summary>Subscriptions by type parameter.</summary>
public static class EventStreamExtensions
{
    /// <summary>Subscribes an actor to events of a type and all types below it.</summary>
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Subscribe(subscriber, typeof(TChannel));

    /// <summary>Ends a subscription.</summary>
    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Unsubscribe(subscriber, typeof(TChannel));
}
