using System.Globalization;
using ActorP2P.Benchmarks;

// ratios [NAME]         the node against raw sockets, side by side; only the measures whose name contains NAME
// profile NAME SECONDS  one measure of the node alone, over and over, for a profiler to look at
// soak --minutes N      random life over sockets; fails when anything is left over
// fuzz --minutes N [--seed S]  the protocol's fuzz targets, for as long as one likes
// silent                a gigabyte broadcast to a peer that never reads: memory, and what others wait
// serve                 internal: the second process of ratios
switch (args)
{
    case ["ratios", .. string[] names]:
        await RatioRun.RunAsync(names);
        return 0;
    case ["profile", string name, string seconds]:
        await RatioRun.ProfileAsync(name, TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
        return 0;
    case ["silent"]:
        await SilentRun.RunAsync();
        return 0;
    case ["soak", "--minutes", string minutes]:
        return await SoakRun.RunAsync(double.Parse(minutes, CultureInfo.InvariantCulture)) ? 0 : 1;
    case ["fuzz", "--minutes", string minutes, .. string[] rest] when rest is [] or ["--seed", _]:
        int seed = rest is [_, string text] ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
        return FuzzRun.Run(double.Parse(minutes, CultureInfo.InvariantCulture), seed) ? 0 : 1;
    case ["serve"]:
        ServerHost.Run();
        return 0;
    case ["hold", string side, string most]:
        HolderHost.Run(side == "node", int.Parse(most, CultureInfo.InvariantCulture));
        return 0;
    case ["start", string side]:
        await StartMeasure.ColdAsync(side == "node");
        return 0;
    default:
        Console.Error.WriteLine("usage: ratios [NAME ...] | profile NAME SECONDS | silent | soak --minutes N | fuzz --minutes N [--seed S]");
        return 2;
}
