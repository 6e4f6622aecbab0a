namespace ActorP2P.Determinism.TestKit.Tests;

// snippet: a cart
/// <summary>A cart that says that something is in it before it knows the price.</summary>
internal sealed class Cart : ReceiveActor
{
    private int _total;

    public Cart(IActorRef prices)
    {
        Receive<Add>(add =>
        {
            prices.Tell(add);
            Sender.Tell(new Added(add.What));
        });
        Receive<Price>(price => _total += price.Amount);
        Receive<Pay>(_ => Sender.Tell(new Receipt(_total)));
    }
}
// end
