using System.Text.Json.Serialization;
using ActorP2P;

const ushort NotSold = 0x0101;
Dictionary<string, decimal> prices = new() { ["apple"] = 0.4m, ["pear"] = 0.6m };

await using P2PNode shop = await P2PNode.StartAsync(new P2PNodeOptions(), protocol => Register(protocol)
    .OnRequest<GetPrice, Price>(async (request, context) =>
    {
        if (request.Article == "melon")
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }

        return prices.TryGetValue(request.Article, out decimal amount)
            ? new Price(amount)
            : throw new RequestRefusedException(NotSold, $"there is no {request.Article} here");
    }));
P2PNodeOptions silent = new() { Listen = null };
await using P2PNode customer = await P2PNode.StartAsync(silent, protocol => Register(protocol));
Peer peer = await customer.ConnectAsync(shop.ListenAddresses[0]);

foreach (string article in new[] { "apple", "stone", "melon" })
{
    try
    {
        SendOptions options = new() { Timeout = TimeSpan.FromSeconds(1) };
        Price price = await customer.AskAsync<Price>(peer, new GetPrice(article), options);
        Console.WriteLine($"{article}: {price.Amount}");
    }
    catch (AskException failed) when (failed.ErrorCode == (RequestErrorCode)NotSold)
    {
        Console.WriteLine($"{article}: not sold ({failed.Detail})");
    }
    catch (AskException failed)
    {
        Console.WriteLine($"{article}: {failed.Reason}");
    }
}

static ProtocolBuilder Register(ProtocolBuilder protocol) => protocol
    .UseJson(0x0101, Messages.Default.GetPrice)
    .UseJson(0x0102, Messages.Default.Price);

internal sealed record GetPrice(string Article);

internal sealed record Price(decimal Amount);

[JsonSerializable(typeof(GetPrice))]
[JsonSerializable(typeof(Price))]
internal sealed partial class Messages : JsonSerializerContext;
