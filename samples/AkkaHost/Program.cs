using System.Text.Json.Serialization;
using ActorP2P;
using ActorP2P.Hosting;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddAkka("chess", akka => akka
    .AddHocon("actorp2p.client.listen = off", HoconAddMode.Prepend)
    .WithP2PNode<Server>("server", node => node.WithProtocol(protocol => protocol
        .UseJson(0x0101, Messages.Default.Say)
        .OnRequest<Say, Say>((say, context) => new Say($"echo {say.Text}"))))
    .WithP2PNode<Client>("client", node => node.WithProtocol(protocol => protocol
        .UseJson(0x0101, Messages.Default.Say))));
using IHost host = builder.Build();
await host.StartAsync();

P2P nodes = P2P.Get(host.Services.GetRequiredService<ActorSystem>());
Say reply = await nodes["client"].AskAsync<Say>(nodes["server"].ListenAddresses[0], new Say("hello"));
Console.WriteLine($"answer: {reply.Text}");
await host.StopAsync();

internal sealed class Server;

internal sealed class Client;

internal sealed record Say(string Text);

[JsonSerializable(typeof(Say))]
internal sealed partial class Messages : JsonSerializerContext;
