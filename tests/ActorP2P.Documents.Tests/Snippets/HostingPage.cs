using ActorP2P.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorP2P.Documents.Tests.Snippets;

/// <summary>The code of <c>docs/hosting.md</c>, as it runs.</summary>
public sealed class HostingPage
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_node_has_its_settings_from_a_file()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("actorp2p-documents-");
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "node.conf"), "actorp2p.lobby { network-id = chess, listen = off }");
        string[] args = [];

        // snippet: a file of settings
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
        builder.Configuration.AddHoconFile("node.conf", optional: true, reloadOnChange: true);
        builder.Configuration.AddEnvironmentVariables();
        builder.Services.AddActorP2P("lobby", builder.Configuration.GetSection("actorp2p:lobby"));
        // end
        builder.Configuration.AddHoconFile(Path.Combine(folder.FullName, "node.conf"));
        using IHost host = builder.Build();
        await host.StartAsync().WaitAsync(s_guard);

        Assert.Empty(host.Services.GetRequiredKeyedService<P2PNode>("lobby").ListenAddresses);
        await host.StopAsync().WaitAsync(s_guard);
        folder.Delete(recursive: true);
    }
}
