using Akka.Event;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorP2P.Hosting.TestKit.Tests;

/// <summary>
/// A program of the shape that the templates of Akka.NET have: a host by its builder, an actor system with a lambda
/// that has the services, actors of the registry, one of them made with what it requires, and a timer. The node is one
/// more line.
/// </summary>
public sealed class TemplateTests
{
    [Fact]
    public async Task A_program_made_from_a_template_takes_a_node_by_one_call()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        HostBuilder builder = new();
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(Microsoft.Extensions.Logging.LogLevel.Warning));
        builder.ConfigureServices((_, services) => services.AddAkka("MyActorSystem", (akka, _) => akka
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            })
            .WithActors((system, registry, _) => registry.Register<HelloActor>(
                system.ActorOf(Props.Create(() => new HelloActor()), "hello-actor")))
            .WithActors((system, registry, resolver) => registry.Register<TimerActor>(
                system.ActorOf(resolver.Props<TimerActor>(), "timer-actor")))
            .WithP2PNode("hello", p2p => p2p.OnRequest<Text, Text>().RouteTo<HelloActor>())));
        using IHost host = builder.Build();
        await host.StartAsync(cancellation);
        ActorSystem system = host.Services.GetRequiredService<ActorSystem>();
        await using P2PNode client = await P2PNode.StartAsync(
            new P2PNodeOptions { Listen = null }, cancellationToken: cancellation);

        Text first = await client.AskAsync<Text>(
            P2P.Get(system)["hello"].ListenAddresses[0], new Text("peer"), cancellationToken: cancellation);

        Assert.Matches("^hello peer, [0-9]+$", first.Value);
        await host.StopAsync(cancellation);
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
    }

    private sealed class HelloActor : ReceiveActor
    {
        private int _said;

        public HelloActor()
        {
            ILoggingAdapter log = Context.GetLogger();
            Receive<string>(message => log.Info("{0} {1}", message, ++_said));
            Receive<Text>(text => Sender.Tell(new Text($"hello {text.Value}, {++_said}")));
        }
    }

    private sealed class TimerActor : ReceiveActor, IWithTimers
    {
        private readonly IActorRef _hello;

        public TimerActor(IRequiredActor<HelloActor> hello)
        {
            _hello = hello.ActorRef;
            Receive<string>(message => _hello.Tell(message));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() =>
            Timers.StartPeriodicTimer("hello-key", "hello", TimeSpan.FromMilliseconds(5));
    }
}
