using System.Reflection;
using NetArchTest.Rules;

namespace ActorP2P.Architecture.Tests;

/// <summary>Every type that a user names lives in the namespace ActorP2P, whatever its assembly.</summary>
public sealed class NamespaceTests
{
    /// <summary>
    /// The types of the protocol that users see: the scripted far ends of the test kit send and read frames, and the
    /// taps of the simulation show them.
    /// </summary>
    private static readonly string[] s_frames = ["Hello", "FrameFlags", "FrameHeader", "FrameKind"];

    [Theory]
    [InlineData("ActorP2P.Protocol")]
    [InlineData("ActorP2P.Transport")]
    [InlineData("ActorP2P")]
    [InlineData("ActorP2P.MessagePack")]
    [InlineData("ActorP2P.Storage.Sqlite")]
    public void One_using_directive_is_enough_for_a_program(string library) => Assert.DoesNotContain(
        Assembly.Load(library).GetExportedTypes(),
        type => type.Namespace != "ActorP2P" && !s_frames.Contains(type.Name));

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
        // Hosts that bring a transport of their own need the transport's namespace; programs need the one of messages.
        string[] known =
        [
            "IAcceptSink", "IConnection", "IConnectionSink", "IDialSink", "IDnsSource", "IHandshake", "IMessage", "IMessage`1",
            "INameResolver", "IPeerStore", "IRequest", "IRequest`1", "ISigner", "ITransport",
        ];
        IEnumerable<string> interfaces = new[] { "ActorP2P.Protocol", "ActorP2P.Transport", "ActorP2P" }
            .SelectMany(library => Assembly.Load(library).GetExportedTypes())
            .Where(type => type.IsInterface).Select(type => type.Name);

        Assert.Equal(known.Order(StringComparer.Ordinal), interfaces.Order(StringComparer.Ordinal));
    }
}
