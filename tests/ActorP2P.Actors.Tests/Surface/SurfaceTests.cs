using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorP2P.Actors.Tests.Surface;

/// <summary>
/// What the engine shows is recorded, so that no name or signature drifts from Akka.NET's unseen. A change that is meant is
/// recorded anew by running the tests once with the environment variable ACTORP2P_RECORD_SURFACE set.
/// </summary>
public sealed class SurfaceTests
{
    private static readonly Assembly s_engine = typeof(ActorSystem).Assembly;

    [Fact]
    public void The_public_signatures_are_the_recorded_ones()
    {
        string actual = string.Join('\n', Signatures.Of(s_engine)) + "\n";
        string record = Beside("signatures.txt");
        if (Environment.GetEnvironmentVariable("ACTORP2P_RECORD_SURFACE") is not null)
        {
            File.WriteAllText(record, actual);
        }
        Assert.Equal(File.ReadAllText(record), actual);
    }

    [Fact]
    public void Every_public_type_is_one_of_Akkas_or_one_of_the_few_of_ours()
    {
        string[] akka = File.ReadAllLines(Beside("types-of-akka.txt"));
        string[] ours = File.ReadAllLines(Beside("types-of-ours.txt"));
        Assert.Empty(akka.Intersect(ours));
        string[] known = [.. akka.Concat(ours).Order(StringComparer.Ordinal)];
        string[] actual = [.. s_engine.GetExportedTypes().Select(Signatures.NameOf).Order(StringComparer.Ordinal)];
        Assert.Equal(known, actual);
    }

    [Fact]
    public void Every_public_type_is_in_the_one_namespace() =>
        Assert.All(s_engine.GetExportedTypes(), type => Assert.Equal("ActorP2P.Actors", type.Namespace));

    private static string Beside(string name, [CallerFilePath] string source = "") =>
        Path.Combine(Path.GetDirectoryName(source)!, name);
}
