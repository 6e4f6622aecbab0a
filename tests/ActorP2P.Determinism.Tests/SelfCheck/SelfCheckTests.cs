using System.Collections.Immutable;
using Akka.Dispatch;

namespace ActorP2P.Determinism.Tests;

/// <summary>Another version of Akka.NET or of the runtime is refused by its name and never simulated in part.</summary>
public sealed class SelfCheckTests
{
    [Fact]
    public void The_running_version_has_all_that_is_needed()
    {
        Assert.All(PrivateMember.Required, static member => Assert.True(member.IsThere, member.ToString()));
        Assert.Null(SelfCheck.CheckMembers(PrivateMember.Required));
        Assert.True(SystemTemplate.IsSupported);
    }

    [Fact]
    public void A_field_of_another_name_is_named()
    {
        SimulationNotSupportedException? refused = SelfCheck.CheckMembers(
            [new(typeof(Mailbox), "_renamed", typeof(ActorCell), IsStatic: false)]);
        Assert.Contains("Akka.Dispatch.Mailbox._renamed", refused?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_another_type_is_named()
    {
        SimulationNotSupportedException? refused = SelfCheck.CheckMembers(
            [new(typeof(Mailbox), "_actor", typeof(string), IsStatic: false)]);
        Assert.Contains("Akka.Dispatch.Mailbox._actor", refused?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_became_static_is_named()
    {
        SimulationNotSupportedException? refused = SelfCheck.CheckMembers(
            [new(typeof(Task), "m_stateFlags", typeof(int), IsStatic: true)]);
        Assert.Contains("System.Threading.Tasks.Task.m_stateFlags", refused?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_differing_members_are_named_with_the_versions()
    {
        ImmutableArray<PrivateMember> members =
        [
            .. PrivateMember.Required,
            new(typeof(Mailbox), "_first", typeof(int), IsStatic: false),
            new(typeof(ActorCell), "_second", typeof(int), IsStatic: false),
        ];
        string message = SelfCheck.CheckMembers(members)!.Message;
        Assert.Contains(
            "Akka.Dispatch.Mailbox._first, Akka.Actor.ActorCell._second", message, StringComparison.Ordinal);
        Assert.Contains(typeof(ActorSystem).Assembly.GetName().Version!.ToString(), message, StringComparison.Ordinal);
        Assert.Contains(".NET 10", message, StringComparison.Ordinal);
        Assert.DoesNotContain("_actor,", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_private_member_that_is_used_is_checked()
    {
        // The attributes of the accessors name the members that they reach. The list of checked members must contain
        // all of them.
        IEnumerable<string> reached = typeof(AkkaPrivates)
            .GetMethods(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic
                | System.Reflection.BindingFlags.Public)
            .SelectMany(static method => method.GetCustomAttributesData())
            .Where(static data => data.AttributeType.Name == "UnsafeAccessorAttribute"
                && (int)data.ConstructorArguments[0].Value! is 3 or 4)
            .Select(static data => (string)data.NamedArguments.Single().TypedValue.Value!);
        Assert.Equal(
            reached.Append("_rng").Order(StringComparer.Ordinal),
            PrivateMember.Required.Select(static member => member.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_check_program_repeats_and_differs_by_seed()
    {
        Assert.Equal(CheckProgram.Run(5), CheckProgram.Run(5));
        Assert.NotEqual(CheckProgram.Run(5), CheckProgram.Run(6));
    }

    [Fact]
    public void The_thread_pool_reports_leaks() => Assert.True(LeakDetector.SeesDepartures());
}
