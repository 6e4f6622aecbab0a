using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;
using FsCheck;
using FsCheck.Fluent;

namespace ActorP2P.Tests;

/// <summary>
/// Whatever arguments a caller passes, the call returns, throws an argument exception that names the allowed values, or
/// ends with a typed outcome. No part of the node fails because of it.
/// </summary>
public sealed class AnyCallTests
{
    // The last length is longer than the longest message that the nodes of this test accept.
    private static readonly int[] s_lengths = [-1, 0, 1, 1000, 65_536, 65_537, 200_000];

    private static readonly ushort[] s_types = [0, 0xff, 0x100, 0x5401, 0x5402, 0xffff];

    /// <summary>The operations of a node.</summary>
    public enum Entry
    {
        Connect, AskAddress, Ask, AskWithOptions, Tell, TellWithOptions, TryTell, Broadcast, Subscribe, Disconnect,
    }

    [Fact]
    public void Any_calls_with_any_values_return_or_are_refused_or_end_typed()
    {
        Gen<Call> call =
            from entry in Gen.Elements(Enum.GetValues<Entry>())
            from peer in Gen.Choose(0, 3)
            from address in Gen.Elements(AnyValues.Addresses)
            from time in Gen.Elements(AnyValues.Times)
            from lane in Gen.Elements(AnyValues.Lanes)
            from count in Gen.Elements(AnyValues.Counts)
            from type in Gen.Elements(s_types)
            from length in Gen.Elements(s_lengths)
            select new Call(entry, peer, address, time, lane, count, new AnyMessage(type, length));
        Prop.ForAll(Arb.From(Gen.ArrayOf(call)), Play).Check(
            Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(40));
    }

    private static bool Play(Call[] calls)
    {
        LogRecorder log = new();
        VirtualMesh mesh = new() { Logs = log };
        mesh.Run(async () =>
        {
            await using P2PNode b = await StartAsync(mesh, "b");
            await using P2PNode a = await StartAsync(mesh, "a");
            Peer?[] peers =
            [
                await a.ConnectAsync(b.ListenAddresses[0]), null, await b.ConnectAsync(a.ListenAddresses[0]),
                await GoneAsync(mesh, a),
            ];
            foreach (Call call in calls)
            {
                await EndsAsync(() => call.MakeAsync(a, peers[call.Peer]), call);
            }

            // A disconnected peer has said goodbye by then and can connect again.
            await Task.Delay(TimeSpan.FromMinutes(1), mesh.World.TimeProvider);
            Peer peer = await a.ConnectAsync(b.ListenAddresses[0]);
            Assert.Equal("x", (await a.AskAsync<Text>(peer, new Text("x"))).Value);
        });
        Assert.DoesNotContain(log.Lines, static line =>
            line.StartsWith("Error", StringComparison.Ordinal)
                || line.StartsWith("Critical", StringComparison.Ordinal));
        return true;
    }

    private static async Task EndsAsync(Func<Task> make, Call call)
    {
        try
        {
            await make();
        }
        catch (ArgumentNullException refused)
        {
            Assert.NotNull(refused.ParamName);
        }
        catch (ArgumentException refused)
        {
            Assert.NotNull(refused.ParamName);
            Assert.True(refused.Message.Contains("allowed", StringComparison.Ordinal), $"{call}: {refused.Message}");
        }
        catch (Exception typed) when (typed is P2PException or UnwritableException)
        {
            // The call ended with a typed outcome, or with the exception that the caller's own message threw.
        }
    }

    private static Task<P2PNode> StartAsync(VirtualMesh mesh, string host) => mesh.StartAsync(
        host,
        protocol => protocol
            .OnRequest<Text, Text>((request, _) => request)
            .OnNotify<Text>((_, _) => { })
            .OnBroadcast<Text>((_, _) => Verdict.Accept),
        change: settings => settings with { Session = new SessionSettings { MaxMessage = 100_000 } });

    private static async Task<Peer> GoneAsync(VirtualMesh mesh, P2PNode a)
    {
        P2PNode c = await mesh.StartAsync("c");
        Peer gone = await a.ConnectAsync(c.ListenAddresses[0]);
        await c.DisposeAsync();
        return gone;
    }

    /// <summary>One call.</summary>
    private sealed record Call(
        Entry Entry, int Peer, PeerAddress? Address, TimeSpan Time, Lane Lane, int Count, AnyMessage Message)
    {
        public Task MakeAsync(P2PNode node, Peer? peer)
        {
            // In some calls the message is a text instead of any type, so that some requests are answered.
            IMessage? message = Count == 0 ? null : Count == 1 ? new Text("hello") : Message;
            SendOptions options = new() { Lane = Lane, Expiry = Count > 64 ? Time : null };
            return Entry switch
            {
                Entry.Connect => node.ConnectAsync(Address!),
                Entry.AskAddress => node.AskAsync<Text>(Address!, message!),
                Entry.Ask => node.AskAsync<Text>(peer!, message!, new() { Timeout = Time, Lane = Lane }),
                Entry.AskWithOptions => node.AskAsync<Text>(peer!, message!, options with { Timeout = Time }),
                Entry.Tell => node.TellAsync(peer!, message!, new() { Lane = Lane }),
                Entry.TellWithOptions => node.TellAsync(peer!, message!, options),
                Entry.TryTell => Task.FromResult(node.TryTell(peer!, message!, options)),
                Entry.Broadcast => node.BroadcastAsync(message!, new() { Lane = Lane }),
                Entry.Subscribe => Task.FromResult(Subscribed(node)),
                _ => node.DisconnectAsync(peer!),
            };
        }

        private bool Subscribed(P2PNode node)
        {
            using NodeEvents events = node.Events(Count);
            return events.TryRead(out _);
        }
    }
}
