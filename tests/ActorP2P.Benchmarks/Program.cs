using ActorP2P.Benchmarks;

// ratios [NAME]         the node against raw sockets, side by side; only the measures whose name contains NAME
// soak --minutes N      random life over sockets; fails when anything is left over
// serve                 internal: the second process of ratios
switch (args)
{
    case ["ratios", .. string[] names]:
        await RatioRun.RunAsync(names);
        return 0;
    case ["serve"]:
        await ServerHost.RunAsync();
        return 0;
    default:
        Console.Error.WriteLine("usage: ratios [NAME ...] | soak --minutes N");
        return 2;
}
