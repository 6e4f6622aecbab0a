using System.Diagnostics;

namespace ActorP2P.Benchmarks;

/// <summary>Pairs of actors that throw one message each back and forth.</summary>
internal sealed class EnginePingPongMeasure(int pairs) : Measure
{
    private const int Throws = 1_000_000;

    public override IReadOnlyList<string> Names { get; } = [$"engine-ping-pong-{pairs}-M/s"];

    public override async Task<double[]> NodeAsync()
    {
        ActorSystem system = ActorSystem.Create("bench");
        Counter ended = new();
        IActorRef[] players = [.. Enumerable.Range(0, 2 * pairs).Select(_ => system.ActorOf(Props.Create(() => new Player(ended))))];
        double rate = await SampleAsync(ended, pair => players[2 * pair].Tell(new Ball(Throws), players[(2 * pair) + 1]));
        await system.Terminate();
        return [rate];
    }

    public override async Task<double[]> RawAsync()
    {
        Counter ended = new();
        ChannelPlayer[] players = [.. Enumerable.Range(0, 2 * pairs).Select(_ => new ChannelPlayer(ended))];
        double rate = await SampleAsync(ended, pair => players[2 * pair].Tell(new Ball(Throws), players[(2 * pair) + 1]));
        Array.ForEach(players, static player => player.Stop());
        return [rate];
    }

    private async Task<double> SampleAsync(Counter ended, Action<int> serve)
    {
        Task all = ended.ReachAsync(pairs);
        long start = Stopwatch.GetTimestamp();
        for (int pair = 0; pair < pairs; pair++)
        {
            serve(pair);
        }

        await all;
        return pairs * (Throws / 1e6) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private sealed class Player(Counter ended) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (--((Ball)message).Left == 0)
            {
                ended.Add(1);
            }
            else
            {
                Sender.Tell(message, Self);
            }
        }
    }
}
