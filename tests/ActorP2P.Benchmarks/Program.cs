using ActorP2P.Benchmarks;

// ratios [NAME]         the node against raw sockets, side by side; only the measures whose name contains NAME
// soak --minutes N      random life over sockets; fails when anything is left over
// fuzz --minutes N [--seed S]  the protocol's fuzz targets, for as long as one likes
// serve                 internal: the second process of ratios
switch (args)
{
    case ["ratios", .. string[] names]:
        await RatioRun.RunAsync(names);
        return 0;
    case ["fuzz", "--minutes", string minutes, .. string[] rest] when rest is [] or ["--seed", _]:
        int seed = rest is [_, string text] ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 1;
        return FuzzRun.Run(double.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture), seed) ? 0 : 1;
    case ["serve"]:
        await ServerHost.RunAsync();
        return 0;
    default:
        Console.Error.WriteLine("usage: ratios [NAME ...] | soak --minutes N | fuzz --minutes N [--seed S]");
        return 2;
}
