using Akka.Actor;

namespace Orders;

/// <summary>An order that is cancelled when nobody pays for an hour.</summary>
internal sealed class Order : ReceiveActor
{
    public Order()
    {
        SetReceiveTimeout(TimeSpan.FromHours(1));
        Receive<ReceiveTimeout>(_ => Context.Stop(Self));
    }
}
