namespace ActorP2P.Hocon.Tests;

/// <summary>What the library may depend on, and how it may name its types.</summary>
public sealed class LibraryTests
{
    [Fact]
    public void It_needs_the_base_library_alone() => Assert.All(
        typeof(HoconConfig).Assembly.GetReferencedAssemblies(),
        needed => Assert.StartsWith("System.", needed.Name, StringComparison.Ordinal));

    [Fact]
    public void No_type_has_the_name_of_one_of_Akkas_configuration()
    {
        // With distinct names, a file that uses both namespaces needs no aliases.
        string[] theirs = [.. typeof(global::Akka.Configuration.Config).Assembly.GetExportedTypes()
            .Where(type => type.Namespace?.StartsWith("Akka.Configuration", StringComparison.Ordinal) == true)
            .Select(type => type.Name)];

        Assert.Contains("HoconValue", theirs);
        Assert.Empty(typeof(HoconConfig).Assembly.GetTypes().Select(type => type.Name).Intersect(theirs));
    }
}
