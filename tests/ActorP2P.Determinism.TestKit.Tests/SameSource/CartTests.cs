#if PLAIN
using KitBase = Akka.TestKit.Xunit2.TestKit;
#else
using KitBase = ActorP2P.Determinism.TestKit.ExploredTestKit;
#endif

namespace ActorP2P.Determinism.TestKit.Tests;

#pragma warning disable xUnit1000 // It is not public, so that it runs inside of other tests alone.

/// <summary>
/// The test of docs/exploring.md, with a race that hardly shows in real time. It is compiled twice, on Akka's own kit
/// and on the one that explores. It is not public, so that no test framework runs it by itself.
/// </summary>
internal sealed class CartTests : KitBase
{
    // snippet: a test of a cart
    [Fact]
    public void The_receipt_has_the_price_of_what_is_in_the_cart()
    {
        IActorRef prices = Sys.ActorOf(Props.Create(() => new Prices()), "prices");
        IActorRef cart = Sys.ActorOf(Props.Create(() => new Cart(prices)), "cart");

        cart.Tell(new Add("apple"));
        ExpectMsg<Added>();
        cart.Tell(new Pay());

        Assert.Equal(3, ExpectMsg<Receipt>().Total);
    }
    // end
}
