using System.Security.Cryptography;
using ActorP2P.TestKit;

namespace ActorP2P.Tests.Streams;

/// <summary>Files from one node to another, in virtual time and in real folders.</summary>
public sealed class FileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actorp2p-files-").FullName;
    private readonly List<FileProgress> _received = [];

    private string Source => Path.Combine(_folder, "source.bin");

    private string Target => Path.Combine(_folder, "in", "source.bin");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public void A_file_arrives_whole_with_its_hash(int length)
    {
        byte[] bytes = Write(length);
        Recorder sent = new();
        OfReceiver().Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            FileSent outcome = await client.SendFileAsync(peer, Source, progress: sent);
            Assert.Equal(SHA256.HashData(bytes), outcome.Hash);
            Assert.Equal((length, 0L), (outcome.Length, outcome.ResumedFrom));
        });

        Assert.Equal(bytes, File.ReadAllBytes(Target));
        Assert.False(File.Exists(Target + ".part"));
        Assert.Equal(Target, _received[^1].Path);
        Assert.Equal(length, length == 0 ? 0 : sent.Last);
    }

    [Fact]
    public void A_part_of_an_earlier_attempt_is_continued()
    {
        byte[] bytes = Write(1_000_000);
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllBytes(Target + ".part", bytes[..400_000]);
        OfReceiver().Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            FileSent outcome = await client.SendFileAsync(peer, Source);
            Assert.Equal(400_000, outcome.ResumedFrom);
        });

        Assert.Equal(bytes, File.ReadAllBytes(Target));
        Assert.True(_received[0].Received > 400_000);
    }

    [Fact]
    public void A_part_of_another_file_is_found_out_and_deleted()
    {
        byte[] bytes = Write(1_000_000);
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllBytes(Target + ".part", new byte[400_000]);
        OfReceiver().Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            PeerStreamException failure = await StreamBytes.FailureAsync(() => client.SendFileAsync(peer, Source));
            Assert.Equal(RequestErrorCode.Malformed, failure.ErrorCode);
            Assert.False(File.Exists(Target) || File.Exists(Target + ".part"));
            await client.SendFileAsync(peer, Source);
        });

        Assert.Equal(bytes, File.ReadAllBytes(Target));
    }

    [Fact]
    public void From_the_start_means_all_bytes()
    {
        byte[] bytes = Write(100_000);
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllBytes(Target + ".part", new byte[50_000]);
        OfReceiver().Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            Assert.Equal(0, (await client.SendFileAsync(peer, Source, isFromStart: true)).ResumedFrom);
        });

        Assert.Equal(bytes, File.ReadAllBytes(Target));
    }

    [Fact]
    public void A_sending_that_is_cut_leaves_a_part_to_continue()
    {
        byte[] bytes = Write(3_000_000);
        OfReceiver().Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            Task<FileSent> cut = client.SendFileAsync(peer, Source);
            while (_received.Count < 5)
            {
                await cluster.Delay(TimeSpan.FromMilliseconds(5));
            }

            await client.DisconnectAsync(peer);
            Assert.Equal(StreamFailure.Disconnected, (await StreamBytes.FailureAsync(() => cut)).Reason);
            await cluster.Delay(TimeSpan.FromSeconds(10));
            Peer again = await cluster["client"].ConnectAsync("server");
            Assert.InRange((await client.SendFileAsync(again, Source)).ResumedFrom, 1, 2_999_999);
        });

        Assert.Equal(bytes, File.ReadAllBytes(Target));
    }

    [Fact]
    public void A_file_that_is_not_wanted_is_refused()
    {
        Write(10);
        ClientAndServer.Of(protocol => protocol.OnFile((_, _) => null)).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            PeerStreamException failure = await StreamBytes.FailureAsync(() => client.SendFileAsync(peer, Source));
            Assert.Equal(RequestErrorCode.Unwanted, failure.ErrorCode);
        });
    }

    [Fact]
    public void A_file_that_is_arriving_already_is_refused()
    {
        Write(3_000_000);
        OfReceiver().Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            Task<FileSent> first = client.SendFileAsync(peer, Source);
            PeerStreamException failure = await StreamBytes.FailureAsync(() => client.SendFileAsync(peer, Source));
            Assert.Equal(RequestErrorCode.NoRoom, failure.ErrorCode);
            await first;
        });
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("../a", false)]
    [InlineData("a/b", false)]
    [InlineData("a\\b", false)]
    [InlineData("c:a", false)]
    [InlineData("a\0", false)]
    [InlineData("a\n", false)]
    [InlineData("a.", false)]
    [InlineData("a ", false)]
    [InlineData("NUL", false)]
    [InlineData("com1.txt", false)]
    [InlineData("a.txt", true)]
    [InlineData(".hidden", true)]
    [InlineData("ä b.tar.gz", true)]
    [InlineData("console", true)]
    public void Only_the_name_of_a_file_alone_is_a_name(string name, bool isName) =>
        Assert.Equal(isName, FileOffer.IsName(name));

    [Fact]
    public void A_peer_that_names_a_path_is_charged()
    {
        ClientAndServer.Of(protocol => protocol.OnFile(_folder)).Run(async cluster =>
        {
            (P2PNode client, P2PNode server, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            using NodeEvents events = server.Events();
            await using PeerStream stream = await client.OpenAsync(
                peer, new FileOffer("../escape", 1, isFromStart: false), Lane.Bulk, default);
            PeerStreamException failure = await StreamBytes.FailureAsync(() => stream.ReadAllAsync());
            Assert.Equal(RequestErrorCode.Malformed, failure.ErrorCode);
            await events.ReadAsync<PeerPenalised>();
            await Assert.ThrowsAsync<ArgumentException>(() => client.SendFileAsync(peer, "a", "../a"));
        });
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(5, 100)]
    public void More_or_less_than_was_announced_is_no_file(int announced, int sent)
    {
        OfReceiver().Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await using PeerStream stream = await client.OpenAsync(
                peer, new FileOffer("source.bin", announced, isFromStart: false), Lane.Bulk, default);
            await stream.WriteAsync(new byte[sent]);
            await stream.CompleteWritingAsync();
            await stream.ReadExactlyAsync(new byte[8]);
            PeerStreamException failure = await StreamBytes.FailureAsync(() => stream.ReadAllAsync());
            Assert.Equal(RequestErrorCode.Malformed, failure.ErrorCode);
        });

        Assert.False(File.Exists(Target));
    }

    private Cluster OfReceiver()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "in")).FullName;
        return ClientAndServer.Of(protocol => protocol.OnFile(folder, new Recorder(_received)));
    }

    private byte[] Write(int length)
    {
        byte[] bytes = StreamBytes.Of(length);
        File.WriteAllBytes(Source, bytes);
        return bytes;
    }

    private sealed class Recorder(List<FileProgress>? received = null) : IProgress<FileProgress>, IProgress<long>
    {
        public long Last { get; private set; }

        public void Report(FileProgress value) => received!.Add(value);

        public void Report(long value) => Last = value;
    }
}
