using System.Reflection;

namespace ActorP2P.Actors.Tests.Conformance;

public sealed class RecordTests
{
    [Fact]
    public void Every_one_of_the_sixty_one_recorded_rows_has_a_test()
    {
        string[] rows = [.. typeof(RecordTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttribute<RowAttribute>()?.Name)
            .OfType<string>()];
        Assert.Equal(rows.Length, rows.Distinct().Count());
        Assert.Equal(61, rows.Length);
    }
}
