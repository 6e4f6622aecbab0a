using System.Security.Cryptography;
using System.Text.Json;

namespace ActorP2P.Cli.Tests;

/// <summary>The commands send and fetch.</summary>
public sealed class FileTests(Mesh mesh) : IClassFixture<Mesh>
{
    [Theory]
    [InlineData("hub")]
    [InlineData("plain")]
    public async Task A_file_is_sent_and_fetched_whole(string node)
    {
        byte[] content = RandomNumberGenerator.GetBytes(1_500_000);
        string name = $"{node}.bin";
        string sent = Path.Combine(mesh.Folder, name);
        await File.WriteAllBytesAsync(sent, content);

        ToolResult sending = await mesh.RunAsync("send", node, sent, "--json");
        byte[] arrived = await File.ReadAllBytesAsync(Path.Combine(mesh.Folder, "inbox", name));
        File.Move(sent, Path.Combine(mesh.Folder, "share", name));
        string folder = Path.Combine(mesh.Folder, "got", node);
        ToolResult fetching = await mesh.RunAsync("fetch", node, name, "--to", folder);

        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        Assert.Equal((0, ""), (sending.Code, sending.Error));
        Assert.Equal(hash, sending.Json().GetProperty("sha256").GetString());
        Assert.Equal(content, arrived);
        Assert.Equal($"fetched {name}: {content.Length} bytes\nsha256 {hash}\n", fetching.Output);
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(folder, name)));
    }

    [Fact]
    public async Task A_transfer_that_was_cut_is_continued()
    {
        byte[] content = RandomNumberGenerator.GetBytes(300_000);
        string sent = Path.Combine(mesh.Folder, "cut.bin");
        await File.WriteAllBytesAsync(sent, content);
        await File.WriteAllBytesAsync(Path.Combine(mesh.Folder, "inbox", "cut.bin.part"), content[..200_000]);

        ToolResult result = await mesh.RunAsync("send", "hub", sent, "--json");

        Assert.Equal(200_000, result.Json().GetProperty("resumedFrom").GetInt64());
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(mesh.Folder, "inbox", "cut.bin")));
    }

    [Fact]
    public async Task The_files_of_a_node_are_listed()
    {
        string share = Path.Combine(mesh.Folder, "share");
        await File.WriteAllTextAsync(Path.Combine(share, "list.txt"), "12345");
        await File.WriteAllTextAsync(Path.Combine(share, "list.txt.part"), "1");

        ToolResult text = await mesh.RunAsync("fetch", "hub");
        ToolResult json = await mesh.RunAsync("fetch", "hub", "--json");

        Assert.Matches(@"(?m)^ *5  list\.txt$", text.Output);
        Assert.DoesNotContain(".part", text.Output, StringComparison.Ordinal);
        Assert.Contains(json.Lines, static line =>
            ToolResult.Parse(line) is var file && file.GetProperty("name").GetString() == "list.txt"
            && file.GetProperty("length").GetInt64() == 5);
    }

    [Theory]
    [InlineData("../secret", 2, "is not the name of a file")]
    [InlineData("missing.txt", 1, "there is no file of that name here")]
    public async Task A_name_that_is_not_shared_is_refused(string name, int code, string said)
    {
        ToolResult result = await mesh.RunAsync("fetch", "hub", name, "--to", Path.Combine(mesh.Folder, "got"));

        Assert.Equal((code, ""), (result.Code, result.Output));
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_replaced_unasked()
    {
        await File.WriteAllTextAsync(Path.Combine(mesh.Folder, "share", "old.txt"), "new");
        string old = Path.Combine(mesh.Folder, "old.txt");
        await File.WriteAllTextAsync(old, "old");

        ToolResult refused = await mesh.RunAsync("fetch", "hub", "old.txt", "--to", mesh.Folder);
        string kept = await File.ReadAllTextAsync(old);
        ToolResult replaced = await mesh.RunAsync("fetch", "hub", "old.txt", "--to", mesh.Folder, "--overwrite");

        Assert.Equal((2, "old"), (refused.Code, kept));
        Assert.Equal((0, "new"), (replaced.Code, await File.ReadAllTextAsync(old)));
    }

    [Fact]
    public async Task A_file_or_a_folder_that_cannot_be_used_is_named()
    {
        ToolResult missing = await mesh.RunAsync("send", "hub", "/no/such/file");
        ToolResult folder = await mesh.RunAsync("fetch", "hub", "list.txt", "--to", "/dev/null/folder");

        Assert.Equal(2, missing.Code);
        Assert.Contains("/no/such/file", missing.Error, StringComparison.Ordinal);
        Assert.Equal(3, folder.Code);
        Assert.Contains("/dev/null/folder", folder.Error, StringComparison.Ordinal);
    }
}
