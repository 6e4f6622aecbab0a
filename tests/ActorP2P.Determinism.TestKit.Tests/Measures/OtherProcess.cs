using System.Diagnostics;

namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Makes a run in a process of its own.</summary>
internal static class OtherProcess
{
    private const string Seed = "--hash-of-seed";

    /// <summary>The program of this assembly, for the process that is started.</summary>
    public static int Main(string[] arguments)
    {
        if (arguments is not [Seed, string seed])
        {
            return 2;
        }
        Console.WriteLine($"hash {ManyIdioms.Run(ulong.Parse(seed, null)):x16}");
        return 0;
    }

    /// <summary>The trace of a run in another process.</summary>
    public static async Task<string> Hash(ulong seed)
    {
        ProcessStartInfo start = new("dotnet", ["exec", typeof(OtherProcess).Assembly.Location, Seed, $"{seed}"])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        string line = Assert.Single(output.Split('\n'), static one =>
        one.StartsWith("hash ", StringComparison.Ordinal));
        return line["hash ".Length..].Trim();
    }
}
