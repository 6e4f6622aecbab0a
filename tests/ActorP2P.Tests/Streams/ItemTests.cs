using System.Buffers.Binary;
using ActorP2P.TestKit;

namespace ActorP2P.Tests.Streams;

/// <summary>Requests with many answers.</summary>
public sealed class ItemTests
{
    private int _made;
    private bool _isStopped;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3000)]
    public void All_answers_arrive_in_order(int count)
    {
        List<string> answers = [];
        ClientAndServer.Of(protocol => protocol.OnRequestMany<GetBytes, Text>(MakeAsync)).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await foreach (Text answer in client.AskManyAsync<Text>(peer, new GetBytes(count)))
            {
                answers.Add(answer.Value);
            }
        });

        Assert.Equal(Enumerable.Range(0, count).Select(i => $"number {i}"), answers);
    }

    [Fact]
    public void Answers_are_made_no_faster_than_they_are_taken()
    {
        ClientAndServer.Of(protocol => protocol.OnRequestMany<GetBytes, Text>(MakeAsync)).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            int taken = 0;
            await foreach (Text answer in client.AskManyAsync<Text>(peer, new GetBytes(1_000_000)))
            {
                if (++taken == 10)
                {
                    break;
                }

                await cluster.Delay(TimeSpan.FromSeconds(1));
            }

            await cluster.Delay(TimeSpan.FromSeconds(1));
            Assert.InRange(_made, 10, 50_000);
            Assert.True(_isStopped, "The handler was not told that nobody wants more.");
        });
    }

    [Fact]
    public void A_token_ends_the_answers_at_both_sides()
    {
        ClientAndServer.Of(protocol => protocol.OnRequestMany<GetBytes, Text>(MakeAsync)).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            using CancellationTokenSource source = new();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (Text answer in client.AskManyAsync<Text>(peer, new GetBytes(1_000_000))
                    .WithCancellation(source.Token))
                {
                    source.Cancel();
                }
            });
            await cluster.Delay(TimeSpan.FromSeconds(1));
            Assert.True(_isStopped);
        });
    }

    [Fact]
    public void A_handler_that_fails_in_between_ends_the_answers_typed()
    {
        ClientAndServer.Of(protocol => protocol.OnRequestMany<GetBytes, Text>(FailAsync)).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            PeerStreamException failure = await StreamBytes.FailureAsync(() => TakeAsync(client, peer));
            Assert.Equal((RequestErrorCode)0x107, failure.ErrorCode);
        });
    }

    [Fact]
    public void An_item_longer_than_the_asker_accepts_is_not_sent()
    {
        ClientAndServer.Of(protocol => protocol.OnRequestMany<GetBytes, Text>(LongAsync))
            .WithSettings(settings => settings with { Session = settings.Session with { MaxMessage = 100_000 } })
            .Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            PeerStreamException failure = await StreamBytes.FailureAsync(() => TakeAsync(client, peer));
            Assert.Equal(RequestErrorCode.ResponseTooLong, failure.ErrorCode);
        });
    }

    public static TheoryData<string, byte[]> BadItems => new()
    {
        { "a length beyond the longest message", Item(int.MaxValue, Text.TypeCode, []) },
        { "another type", Item(1, Blob.TypeCode, [1]) },
        { "half a header", [0, 0, 0] },
        { "half an item", Item(10, Text.TypeCode, [0x61]) },
        { "bytes that do not parse", Item(1, Text.TypeCode, [0xff]) },
    };

    [Theory]
    [MemberData(nameof(BadItems))]
    public void What_is_no_item_ends_the_answers(string what, byte[] bytes)
    {
        ClientAndServer.Of(protocol => protocol.OnStream<GetBytes>(async (_, stream, _) =>
            await stream.WriteAsync(bytes))).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            PeerStreamException failure = await StreamBytes.FailureAsync(() => TakeAsync(client, peer));
            Assert.True(failure.Reason == StreamFailure.Malformed, what);
        });
    }

    private static byte[] Item(int length, ushort type, byte[] body)
    {
        byte[] item = [0, 0, 0, 0, 0, 0, .. body];
        BinaryPrimitives.WriteInt32BigEndian(item, length);
        BinaryPrimitives.WriteUInt16BigEndian(item.AsSpan(4), type);
        return item;
    }

    private static async Task TakeAsync(P2PNode client, Peer peer)
    {
        await foreach (Text answer in client.AskManyAsync<Text>(peer, new GetBytes(3)))
        {
            Assert.StartsWith("number", answer.Value, StringComparison.Ordinal);
        }
    }

    private static async IAsyncEnumerable<Text> FailAsync(GetBytes request, StreamContext context)
    {
        yield return new Text("number 0");
        await Task.Yield();
        throw new RequestRefusedException(0x107, "no more");
    }

    private static async IAsyncEnumerable<Text> LongAsync(GetBytes request, StreamContext context)
    {
        yield return new Text("number 0");
        await Task.Yield();
        yield return new Text(new string('x', 100_001));
    }

    private async IAsyncEnumerable<Text> MakeAsync(GetBytes request, StreamContext context)
    {
        try
        {
            for (int i = 0; i < request.Count; i++)
            {
                _made++;
                yield return new Text($"number {i}");
                await Task.Yield();
            }
        }
        finally
        {
            _isStopped = _made < request.Count;
        }
    }
}
