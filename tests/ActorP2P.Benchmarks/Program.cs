using System.Globalization;
using ActorP2P;
using ActorP2P.Benchmarks;

const string Usage = """
    --transport KIND             with any of what follows: sockets, akka-io or both; else what a node has by default
    all                          every measure of the node against raw sockets
    ratios                       the vital ones, in two minutes
    NAME ...                     of all, or of one of these sets, what contains NAME in a figure's name
      --json                     the report goes to standard output as JSON, the lines to standard error
      --out DIR                  writes report.json, report.md and the charts
      --repetitions N            samples of each side, else 5 of most
    compare FILE [NAME ...]      measures again what the report FILE has, and tells what got worse beyond noise
    compare FILE OTHER           the same for two reports
    draw FILE                    table and charts of a report, beside it
    smoke                        one small sample of each kind: does the program work?
    profile NAME SECONDS         one measure of the node alone, over and over, for a profiler to look at
    silent                       a gigabyte broadcast to a peer that never reads: memory, and what others wait
      --dropped-budget BYTES     the same with another budget for broadcasts that are kept for who may ask for them
    encrypted [ROUNDS]           bytes beside a bare SslStream, and connections, with and without encryption
    encrypted bytes ROUNDS       only the bytes
    routes [ROUNDS]              an ask that an actor answers, against one that a delegate answers; else 9 rounds
    streams [MIB]                one stream against a raw connection, plain and TLS: speed, memory, asks beside, shares
    flood [ROUNDS]               256 peers flood a node: what an honest ask takes, with rates and without, beside raw
    worlds [N]                   what N simulated systems in one process cost, else 10,000
    worlds start [N]             what it costs to start N whole nodes in the simulation, else 1,000
    worlds talk [seed ...]       how fast 20 nodes with traffic run in virtual time; seeds 8 and 9 by default
    explore [N]                  what N schedules of an exploration cost, else 2,000; fails below 1.6 times on 2 cores
    soak --minutes N             random life over sockets; fails when anything is left over
    chaos --minutes N            processes under every kind of fault; fails on a loss, hang, leak or untyped end
      --seconds N                the same, shorter: one round of all faults at least
      --seed S                   the same faults in the same order
      --only KIND,KIND           these kinds of fault only
      --plant BUG                lost-response, hanging-dispose or leaked-descriptor: a bug that must be found
    fuzz --minutes N [--seed S]  the protocol's fuzz targets, for as long as one likes
    """;

if (BenchTransport.TakeFrom(ref args) is not { } transports)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

BenchTransport.Kind = transports[0];
bool isMeasuring = MachineLock.IsNeededFor(args);
using MachineLock? turn = isMeasuring ? await MachineLock.TakeAsync(Console.Error) : null;
if (isMeasuring && turn is null)
{
    return MachineLock.ExitCode;
}

switch (args)
{
    case ["compare", string file, .. string[] rest]:
        return await Commands.CompareAsync(file, rest);
    case ["draw", string file]:
        return Commands.Draw(file);
    case ["smoke"]:
        return await Commands.SmokeAsync(transports);
    case ["profile", string name, string text] when IsNumber(text, out double seconds):
        return await MeasureRun.ProfileAsync(name, TimeSpan.FromSeconds(seconds)) ? 0 : 2;
    case ["silent"]:
        await SilentRun.RunAsync(null);
        return 0;
    case ["silent", "--dropped-budget", string bytes] when long.TryParse(
        bytes, CultureInfo.InvariantCulture, out long budget):
        await SilentRun.RunAsync(budget);
        return 0;
    case ["encrypted"]:
        await EncryptedRun.RunAsync(9, bytesOnly: false);
        return 0;
    case ["encrypted", string text] when int.TryParse(text, CultureInfo.InvariantCulture, out int rounds) && rounds > 0:
        await EncryptedRun.RunAsync(rounds, bytesOnly: false);
        return 0;
    case ["encrypted", "bytes", string text]
        when int.TryParse(text, CultureInfo.InvariantCulture, out int rounds) && rounds > 0:
        await EncryptedRun.RunAsync(rounds, bytesOnly: true);
        return 0;
    case ["routes"]:
        await RoutesRun.RunAsync(9);
        return 0;
    case ["routes", string text] when int.TryParse(text, CultureInfo.InvariantCulture, out int rounds) && rounds > 0:
        await RoutesRun.RunAsync(rounds);
        return 0;
    case ["streams"]:
        await StreamsRun.RunAsync(megabytes: 256, rounds: 5);
        return 0;
    case ["streams", string text] when int.TryParse(
        text, CultureInfo.InvariantCulture, out int megabytes) && megabytes > 0:
        await StreamsRun.RunAsync(megabytes, rounds: 5);
        return 0;
    case ["flood"]:
        await OverEachAsync(static () => FloodRun.RunAsync(rounds: 3));
        return 0;
    case ["flood", string text] when int.TryParse(text, CultureInfo.InvariantCulture, out int rounds) && rounds > 0:
        await OverEachAsync(() => FloodRun.RunAsync(rounds));
        return 0;
    case ["worlds", "start"]:
        return ClustersRun.Start(1_000);
    case ["worlds", "start", string text] when int.TryParse(
        text, CultureInfo.InvariantCulture, out int nodes) && nodes > 0:
        return ClustersRun.Start(nodes);
    case ["worlds", "talk", .. string[] rest] when rest.All(
        static one => ulong.TryParse(one, CultureInfo.InvariantCulture, out _)):
        ClustersRun.Talk(
            rest.Length == 0 ? [8, 9] : rest.Select(static one => ulong.Parse(one, CultureInfo.InvariantCulture)));
        return 0;
    case ["explore"]:
        return ExploreRun.Run(2_000);
    case ["explore", string text] when int.TryParse(
        text, CultureInfo.InvariantCulture, out int schedules) && schedules > 0:
        return ExploreRun.Run(schedules);
    case ["worlds"]:
        return WorldsRun.Run(10_000);
    case ["worlds", string text] when int.TryParse(text, CultureInfo.InvariantCulture, out int systems) && systems > 0:
        return WorldsRun.Run(systems);
    case ["soak", "--minutes", string text] when IsNumber(text, out double minutes):
        return await OverEachAsync(() => SoakRun.RunAsync(minutes)) ? 0 : 1;
    case ["chaos", .. string[] rest] when ChaosOptions.Parse(rest) is { } chaos:
        return await ChaosRun.RunAsync(chaos with { Transports = transports }) ? 0 : 1;
    case ["fuzz", "--minutes", string text] when IsNumber(text, out double minutes):
        return FuzzRun.Run(minutes, firstSeed: 1) ? 0 : 1;
    case ["fuzz", "--minutes", string text, "--seed", string number]
        when IsNumber(text, out double minutes) && int.TryParse(number, CultureInfo.InvariantCulture, out int seed):
        return FuzzRun.Run(minutes, seed) ? 0 : 1;

    // These are the verbs of the program's other processes. They read orders on this thread. It does not belong to the
    // pool because nothing was awaited before.
    case ["chaos-node", .. string[] rest]:
        ChaosHost.Run(ChaosHostOptions.Parse(rest));
        return 0;
    case ["serve"]:
        ServerHost.Run();
        return 0;
    case ["hold", string side, string most]:
        HolderHost.Run(side == "node", int.Parse(most, CultureInfo.InvariantCulture));
        return 0;
    case ["flooded"]:
        FloodedHost.Run();
        return 0;
    case ["flooder"]:
        FlooderHost.Run();
        return 0;
    case ["start", string side]:
        await StartMeasure.ColdAsync(side == "node");
        return 0;
    default:
        if (RunOptions.Parse(args) is { } options)
        {
            return await Commands.MeasureAsync(options, transports);
        }

        Console.Error.WriteLine(Usage);
        return 2;
}

async Task<bool> OverEachAsync(Func<Task<bool>> run)
{
    bool succeeded = true;
    foreach (TransportKind kind in transports)
    {
        BenchTransport.Kind = kind;
        succeeded &= await run();
    }

    return succeeded;
}

static bool IsNumber(string text, out double number) =>
    double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
