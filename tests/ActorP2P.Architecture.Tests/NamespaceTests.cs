using System.Reflection;
using NetArchTest.Rules;

namespace ActorP2P.Architecture.Tests;

/// <summary>What a user names lives in the namespace ActorP2P, whatever the assembly.</summary>
public sealed class NamespaceTests
{
    /// <summary>
    /// Frames as the test kit's scripted far ends send and read them, and as the simulation's taps see them.
    /// </summary>
    private static readonly string[] s_frames = ["Hello", "FrameFlags", "FrameHeader", "FrameKind"];

    [Theory]
    [InlineData("ActorP2P.Protocol")]
    [InlineData("ActorP2P.Transport")]
    [InlineData("ActorP2P")]
    [InlineData("ActorP2P.MessagePack")]
    public void One_using_directive_is_enough_for_a_program(string library) => Assert.DoesNotContain(
        Assembly.Load(library).GetExportedTypes(), type => type.Namespace != "ActorP2P" && !s_frames.Contains(type.Name));

    [Fact]
    public void Akka_IO_is_named_in_one_namespace_at_most()
    {
        IEnumerable<string?> namespaces = Types.InAssembly(
            typeof(P2PNode).Assembly).That().HaveDependencyOnAny("Akka.IO").GetTypes()
            .Select(type => type.Namespace).Distinct();

        Assert.InRange(namespaces.Count(), 0, 1);
    }

    [Fact]
    public void No_interface_is_public_for_one_implementation_alone()
    {
        // Those of the transport are for a host's own; those of messages for a program's.
        string[] known =
        [
            "IAcceptSink", "IConnection", "IConnectionSink", "IDialSink", "IMessage", "IMessage`1", "INameResolver", "IRequest",
            "IRequest`1", "ITransport",
        ];
        IEnumerable<string> interfaces = new[] { "ActorP2P.Protocol", "ActorP2P.Transport", "ActorP2P" }
            .SelectMany(library => Assembly.Load(library).GetExportedTypes())
            .Where(type => type.IsInterface).Select(type => type.Name);

        Assert.Equal(known.Order(StringComparer.Ordinal), interfaces.Order(StringComparer.Ordinal));
    }
}
