using System.Globalization;
using System.Security.Cryptography;

namespace ActorP2P.Documents.Tests;

/// <summary>The sample FileDrop as processes that are killed in between.</summary>
public sealed class FileDropTests : IDisposable
{
    // A gibibyte is the most; the suite moves less.
    private static readonly int s_length =
        int.Parse(Environment.GetEnvironmentVariable("ACTORP2P_FILEDROP_MIB") ?? "64", CultureInfo.InvariantCulture)
            * 1024 * 1024;

    private readonly string _folder = Directory.CreateTempSubdirectory("actorp2p-filedrop-").FullName;

    private string Target => Path.Combine(_folder, "to", "big.bin");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_fetch_that_is_killed_goes_on_where_it_stopped()
    {
        byte[] bytes = new byte[s_length];
        new Random(7).NextBytes(bytes);
        string from = Directory.CreateDirectory(Path.Combine(_folder, "from")).FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "to"));
        await File.WriteAllBytesAsync(Path.Combine(from, "big.bin"), bytes);
        using SampleProcess server = new("FileDrop", from);
        string address = await server.ExpectAsync("listening on ");

        // A fast machine may have the whole file before the process is killed.
        while (!File.Exists(Target + ".part") || new FileInfo(Target + ".part").Length == 0)
        {
            File.Delete(Target);
            using SampleProcess killed = Fetch(address);
            await killed.ExpectAsync("big.bin: ");
        }

        string fetched = "";
        while (fetched.Length == 0)
        {
            // The server may not have seen the end of the killed process, and the file may be in use.
            using SampleProcess client = Fetch(address);
            fetched = (await client.EndAsync())
                .FirstOrDefault(line => line.StartsWith("fetched: ", StringComparison.Ordinal)) ?? "";
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Assert.Matches($@"^fetched: big\.bin, {s_length} bytes \([1-9]\d* before\), SHA-256 {hash}$", fetched);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Target));
        await server.EndAsync();
    }

    [Fact]
    public async Task Files_are_listed_and_a_missing_one_is_refused()
    {
        string from = Directory.CreateDirectory(Path.Combine(_folder, "from")).FullName;
        await File.WriteAllTextAsync(Path.Combine(from, "a.txt"), "hello");
        using SampleProcess server = new("FileDrop", from);
        string address = await server.ExpectAsync("listening on ");

        using SampleProcess list = new("FileDrop", Path.Combine(_folder, "to"), address);
        Assert.Equal("a.txt, 5 bytes", await list.ExpectAsync("offered: "));
        await list.EndAsync();
        using SampleProcess client = new("FileDrop", Path.Combine(_folder, "to"), address, "../a.txt");
        await client.ExpectAsync("The ask failed: PeerError (257: there is no ../a.txt here)");
        await client.EndAsync();
        await server.EndAsync();
    }

    private SampleProcess Fetch(string address) =>
        new("FileDrop", Path.Combine(_folder, "to"), address, "big.bin");
}
