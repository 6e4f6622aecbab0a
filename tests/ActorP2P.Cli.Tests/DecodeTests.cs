using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ActorP2P.Cli.Tests;

/// <summary>The command decode. The frames are those of docs/internals/protocol.md.</summary>
public sealed partial class DecodeTests
{
    private static readonly Dictionary<string, byte[]> s_frames = ReadFrames();

    [Fact]
    public async Task Every_kind_of_frame_is_printed()
    {
        byte[] all = [.. s_frames.Values.SelectMany(static frame => frame)];

        ToolResult result = await DecodeAsync(all);

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(s_frames.Count, result.Lines.Count(static line => Head().IsMatch(line)));
        Assert.All(
            (string[])
            [
                "Hello 151 bytes", "network: testnet", "software: actorp2p/0.1", "listens: 192.0.2.1:7000",
                "service: chain", "clock: 2", "Ping id 123456789abcdef 0 bytes", "requests: 327874",
                "reason: ShuttingDown", "text: bye",
                "code: UnknownType", "of: Response", "reason: Unwanted", "hops: 1", "operation: Wanted",
                "total: 3", "limit: 81920", "Notify Bulk type 0102 id 3 [First, More] 2 bytes", "wants broadcasts: all",
            ],
            said => Assert.Contains(said, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secrets_are_left_out_even_when_bodies_are_shown()
    {
        byte[] proof = [.. Enumerable.Repeat((byte)0xab, 32)];
        byte[] nonce = [1, 2, 3, 4, 5, 6, 7, 0x88];
        byte[] hello = [6 << 3 | 3, 8, .. nonce, 18 << 3 | 3, 32, .. proof];
        byte[] capture =
        [
            .. Frame(0x01, 0, 0, 0, hello), .. Frame(0x10, 2, 0x0002, 7, proof),
            .. Frame(0x11, 2, 0x0003, 7, [0, .. proof]),
            .. Frame(0x20, 2, 0x0101, 1, "shown"u8),
        ];

        ToolResult text = await DecodeAsync(capture, "--payload", "100");
        ToolResult json = await DecodeAsync(capture, "--payload", "100", "--json");

        Assert.All((ToolResult[])[text, json], result =>
        {
            Assert.Equal(0, result.Code);
            Assert.DoesNotContain("abab", result.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("01020304", result.Output, StringComparison.Ordinal);
            Assert.Contains("left out", result.Output, StringComparison.Ordinal);
            Assert.Contains("shown", result.Output, StringComparison.Ordinal);
        });
        Assert.Equal(4, json.Lines.Length);
    }

    [Fact]
    public async Task Without_being_asked_for_no_body_is_shown()
    {
        ToolResult result = await DecodeAsync(Frame(0x20, 2, 0x0101, 1, "private"u8));

        Assert.DoesNotContain("private", result.Output, StringComparison.Ordinal);
        Assert.Contains("body: 7 bytes", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_library_s_other_requests_are_no_logins()
    {
        ToolResult result = await DecodeAsync(Frame(0x10, 2, 0x0020, 1, "a key"u8), "--payload", "10");

        Assert.Contains("body: a key", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hexadecimal_digits_are_read_too()
    {
        string digits = Regex.Replace(Convert.ToHexString(s_frames["ping"]), "(.{8})", "$1 \n");

        ToolResult result = await DecodeAsync(Encoding.ASCII.GetBytes(digits));

        Assert.Equal("       0 Ping id 123456789abcdef 0 bytes\n", result.Output);
    }

    [Fact]
    public async Task Packets_are_put_in_order_and_repeated_ones_counted_once()
    {
        byte[] there = [.. s_frames["hello"], .. s_frames["ready"]];
        uint start = uint.MaxValue - 10;
        byte[] capture = new CaptureOf()
            .Add(40000, 9000, start, [], isSynchronise: true)
            .Add(40000, 9000, start + 1, there.AsSpan(0, 50))
            .Add(9000, 40000, 77, s_frames["hello-ack"])
            .Add(40000, 9000, unchecked(start + 101), there.AsSpan(100))
            .Add(40000, 9000, unchecked(start + 31), there.AsSpan(30, 70))
            .ToArray();

        ToolResult result = await DecodeAsync(capture);

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(
            [
                "== 127.0.0.1:40000 > 127.0.0.1:9000", "Hello", "Ready",
                "== 127.0.0.1:9000 > 127.0.0.1:40000", "HelloAck",
            ],
            result.Lines.Where(static line => line.StartsWith('=') || Head().IsMatch(line))
                .Select(static line => line.StartsWith('=') ? line : line.Trim().Split(' ')[1]));
    }

    [Fact]
    public async Task A_missing_packet_ends_its_direction_with_a_note()
    {
        byte[] capture = new CaptureOf()
            .Add(40000, 9000, 1, s_frames["ping"])
            .Add(40000, 9000, 100, s_frames["pong"])
            .ToArray();

        ToolResult result = await DecodeAsync(capture);

        Assert.Equal(0, result.Code);
        Assert.Contains("bytes are missing here", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Pong", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("16030100ff", 1, "encrypted (TLS)")]
    [InlineData("00ffffff100201010000000000000001", 1, "at byte 0 is no frame: its length would be 16777215")]
    [InlineData("00000000770001010000000000000001", 1, "its kind would be 77")]
    [InlineData("0000000404", 0, "the last 5 bytes are the beginning of a header")]
    [InlineData("00000004200201010000000000000001aa", 0, "the last frame, Notify, has 1 of its 4 bytes")]
    [InlineData("000", 2, "odd number of hexadecimal digits")]
    public async Task What_is_no_frame_is_named(string digits, int code, string said)
    {
        ToolResult result = await DecodeAsync(Encoding.ASCII.GetBytes(digits));

        Assert.Equal((code, ""), (result.Code, result.Output));
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Random_bytes_end_with_an_exit_code()
    {
        // The seed is fixed, so a failure can be repeated.
        Random random = new(20);
        for (int i = 0; i < 200; i++)
        {
            byte[] bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            byte[] hello = [.. Frame(0x01, 0, 0, 0, bytes), .. Frame((byte)random.Next(0x45), 0, 1, 1, bytes)];

            ToolResult result = await DecodeAsync(i % 2 == 0 ? bytes : hello, "--payload", "8");

            Assert.True(result.Code is 0 or 1 or 2, result.Error);
        }
    }

    [Fact]
    public async Task What_two_nodes_say_to_each_other_is_decoded()
    {
        P2PNodeOptions plain = new() { Encryption = Encryption.Off, NetworkId = "captured" };
        await using P2PNode server = await P2PNode.StartAsync(plain, static protocol => protocol
            .OnNotify(0x0101, static (_, _) => { }));
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task<byte[]> captured = CaptureAsync(listener, server.ListenAddresses[0]);
        string address = $"{listener.LocalEndpoint}";

        ToolResult told = await ToolRun.RunAsync(
            "tell", address, "-t", "0101", "--text", "over there", "--network", "captured", "--plain");
        ToolResult result = await DecodeAsync(await captured, "--payload", "20", "--json");

        Assert.Equal((0, 0), (told.Code, result.Code));

        string[] kinds = [.. result.Lines
            .Select(static line => ToolResult.Parse(line).GetProperty("kind").GetString()!)
            .Where(static kind => kind is not ("Credit" or "GoodbyeAck" or "Update"))];
        Assert.Equal(["Hello", "Ready"], kinds[..2]);

        // A goodbye overtakes what is still queued, like every frame of the session itself.
        Assert.Equal(["Goodbye", "Notify"], kinds[2..].Order());
        Assert.Contains("over there", result.Output, StringComparison.Ordinal);
    }

    private static Task<ToolResult> DecodeAsync(byte[] capture, params string[] more) =>
        ToolRun.RunAsync(80, capture, ["decode", "-", .. more]);

    // Passes one connection on, and keeps what its client sends.
    private static async Task<byte[]> CaptureAsync(TcpListener listener, PeerAddress to)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        using TcpClient server = new();
        await server.ConnectAsync(to.Host, to.Port);
        using MemoryStream captured = new();
        Task back = server.GetStream().CopyToAsync(client.GetStream());
        byte[] buffer = new byte[16 * 1024];
        while (await client.GetStream().ReadAsync(buffer) is var count and > 0)
        {
            captured.Write(buffer, 0, count);
            await server.GetStream().WriteAsync(buffer.AsMemory(0, count));
        }

        server.Client.Shutdown(SocketShutdown.Send);
        await back;
        return captured.ToArray();
    }

    private static byte[] Frame(byte kind, byte lane, ushort type, ulong id, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[16 + payload.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length);
        frame[4] = kind;
        frame[5] = lane;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(6), type);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(8), id);
        payload.CopyTo(frame.AsSpan(16));
        return frame;
    }

    private static Dictionary<string, byte[]> ReadFrames()
    {
        string page = Repository.Read("docs/internals/protocol.md");
        return Block().Matches(page).SelectMany(static block => block.Groups["lines"].Value.Split('\n'))
            .Select(static line => line.Split(": "))
            .ToDictionary(
                static parts => parts[0],
                static parts => Convert.FromHexString(parts[1].Replace(" ", "", StringComparison.Ordinal)));
    }

    [GeneratedRegex("```frames\n(?<lines>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^ *\d+ [A-Z]\w+ ")]
    private static partial Regex Head();
}
