using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorP2P.Hosting.Tests;

/// <summary>Settings of the program that go into the actor system's configuration.</summary>
public sealed class SectionTests
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    [Fact]
    public void Every_setting_is_written_as_it_is_read()
    {
        P2PNodeSection section = new()
        {
            NetworkId = "che\"ss\\",
            Listen = "[::1]:9000",
            Announce = [new PeerAddress("example.org", 9000)],
            Bootstrap = [new PeerAddress("10.0.0.7", 9000), new PeerAddress("::1", 9001)],
            UserAgent = "chess/1",
            Broadcasts = BroadcastChoice.All,
            RequestTimeout = TimeSpan.FromMilliseconds(1500.5),
            MaxPendingRequests = 101,
            MaxConnections = 102,
            MaxHalfOpen = 50,
            MaxConcurrentHandlers = 104,
            MaxNodeHandlers = 105,
            ReassemblyBudget = 1L << 28,
            MemoryBudget = 1L << 32,
            DroppedBudget = 106,
            SeenCapacity = 107,
            SeenLifetime = TimeSpan.FromMinutes(3),
            Transport = TransportKind.Sockets,
            Encryption = Encryption.Required,
            IdentityFile = "data/\"a\".key",
            NetworkSecretFile = "data/secret",
            CookieFile = "data/cookie",
            DataDirectory = "data",
        };

        P2PNodeOptions read = P2PNodeOptions.From(
            Akka.Configuration.ConfigurationFactory.ParseString(section.ToHocon("lob.by")).GetConfig(
                "actorp2p.\"lob.by\""));

        foreach (PropertyInfo property in typeof(P2PNodeSection).GetProperties())
        {
            object? written = property.GetValue(section);
            object? found = typeof(P2PNodeOptions).GetProperty(property.Name)!.GetValue(read);
            Assert.NotNull(written);
            Assert.Equal($"{Text(written)}", $"{Text(found)}");
        }
    }

    [Fact]
    public void Every_setting_but_the_sections_is_there()
    {
        string[] sections = [nameof(P2PNodeOptions.Session), nameof(P2PNodeOptions.Dial), nameof(P2PNodeOptions.AkkaIo),
            nameof(P2PNodeOptions.Access), nameof(P2PNodeOptions.Slots), nameof(P2PNodeOptions.Discovery),
            nameof(P2PNodeOptions.Dht), nameof(P2PNodeOptions.Rates)];

        Assert.Equal(
            typeof(P2PNodeOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanWrite).Select(property => property.Name).Except(sections).Order(),
            typeof(P2PNodeSection).GetProperties().Select(property => property.Name).Order());
    }

    [Fact]
    public async Task Settings_of_the_program_go_above_those_of_the_configuration()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAkka("host", (akka, _) => akka
            .AddHocon(
                "actorp2p { a { network-id = file, max-connections = 7 }\n b.network-id = file }", HoconAddMode.Prepend)
            .WithP2PNode("a", listen: "off", networkId: "program")
            .WithP2PNode<SectionTests>("b", new P2PNodeSection()));
        using IHost host = builder.Build();
        await host.StartAsync().WaitAsync(s_guard);
        P2P nodes = P2P.Get(host.Services.GetRequiredService<ActorSystem>());

        Assert.Equal(("program", 7, null),
            (nodes["a"].Settings.NetworkId, nodes["a"].Settings.MaxConnections, nodes["a"].Settings.Listen));
        Assert.Equal("file", nodes["b"].Settings.NetworkId);
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task Settings_are_set_by_a_delegate_and_changed_by_another()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAkka("host", (akka, _) => akka.WithP2PNode(
            "a", section => section.NetworkId = "chess",
            node => node.WithOptions(options => options with { Listen = null })));
        using IHost host = builder.Build();
        await host.StartAsync().WaitAsync(s_guard);
        P2PNode node = P2P.Get(host.Services.GetRequiredService<ActorSystem>())["a"];

        Assert.Equal(("chess", null), (node.Settings.NetworkId, node.Settings.Listen));
        await host.StopAsync().WaitAsync(s_guard);
    }

    private static object? Text(object? value) =>
        value is IEnumerable<PeerAddress> many ? string.Join(",", many) : value;
}
