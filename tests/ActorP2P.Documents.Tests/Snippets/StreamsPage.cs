using System.Text.Json.Serialization;

namespace ActorP2P.Documents.Tests.Snippets;

/// <summary>The code of <c>docs/streams.md</c>, as it runs.</summary>
public sealed class StreamsPage : IDisposable
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("actorp2p-streams-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_stream_carries_a_log_and_its_end()
    {
        // snippet: a handler of streams
        static void Register(ProtocolBuilder protocol) => protocol
            .UseJson(0x0101, StreamJson.Default.GetLog)
            .OnStream<GetLog>(async (request, stream, context) =>
            {
                for (int line = request.From; line < 1000; line++)
                {
                    byte[] bytes = System.Text.Encoding.UTF8.GetBytes($"line {line}\n");
                    await stream.WriteAsync(bytes, context.CancellationToken);
                }
            });
        // end

        await using P2PNode server = await P2PNode.StartAsync(new P2PNodeOptions(), Register);
        await using P2PNode node = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null }, Register);
        Peer peer = await node.ConnectAsync(server.ListenAddresses[0]).WaitAsync(s_guard);

        // snippet: opening a stream
        await using PeerStream stream = await node.OpenStreamAsync(peer, new GetLog(990));
        using StreamReader reader = new(stream);
        string log = await reader.ReadToEndAsync();
        // end

        Assert.StartsWith("line 990\nline 991\n", log, StringComparison.Ordinal);
        Assert.EndsWith("line 999\n", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_has_many_answers()
    {
        static void Register(ProtocolBuilder protocol) => protocol
            .UseJson(0x0101, StreamJson.Default.GetLog).UseJson(0x0102, StreamJson.Default.LogLine)
            .OnRequestMany<GetLog, LogLine>(LinesAsync);
        await using P2PNode server = await P2PNode.StartAsync(new P2PNodeOptions(), Register);
        await using P2PNode node = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null }, Register);
        Peer peer = await node.ConnectAsync(server.ListenAddresses[0]).WaitAsync(s_guard);
        List<string> lines = [];

        // snippet: asking for many answers
        await foreach (LogLine line in node.AskManyAsync<LogLine>(peer, new GetLog(0)))
        {
            lines.Add(line.Text);
            if (lines.Count == 3)
            {
                break;
            }
        }
        // end

        Assert.Equal(["line 0", "line 1", "line 2"], lines);

        // snippet: a handler with many answers
        static async IAsyncEnumerable<LogLine> LinesAsync(GetLog request, StreamContext context)
        {
            for (int line = request.From; ; line++)
            {
                await Task.Delay(10, context.CancellationToken);
                yield return new LogLine($"line {line}");
            }
        }
        // end
    }

    [Fact]
    public async Task A_file_is_sent_with_its_hash()
    {
        string inbox = Directory.CreateDirectory(Path.Combine(_folder, "inbox")).FullName;
        string path = Path.Combine(_folder, "photo.jpg");
        await File.WriteAllBytesAsync(path, new byte[100_000]);
        Progress<long> progress = new();

        // snippet: receiving files
        await using P2PNode receiver = await P2PNode.StartAsync(
            new P2PNodeOptions(), protocol => protocol.OnFile(inbox));
        // end
        await using P2PNode node = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        Peer peer = await node.ConnectAsync(receiver.ListenAddresses[0]).WaitAsync(s_guard);

        // snippet: sending a file
        FileSent sent = await node.SendFileAsync(peer, path, progress: progress);
        Console.WriteLine($"{sent.Length} bytes, {sent.ResumedFrom} of them before this attempt");
        // end

        Assert.Equal(100_000, new FileInfo(Path.Combine(inbox, "photo.jpg")).Length);
    }
}

internal sealed record GetLog(int From);

internal sealed record LogLine(string Text);

[JsonSerializable(typeof(GetLog))]
[JsonSerializable(typeof(LogLine))]
internal sealed partial class StreamJson : JsonSerializerContext;
