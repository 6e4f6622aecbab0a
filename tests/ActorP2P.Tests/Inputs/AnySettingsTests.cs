using System.Reflection;
using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;
using FsCheck;
using FsCheck.Fluent;

namespace ActorP2P.Tests;

/// <summary>Any settings are either refused by name, or a node starts with them and works.</summary>
public sealed class AnySettingsTests
{
    private static readonly PropertyInfo[] s_own = Settable(typeof(P2PNodeOptions));
    private static readonly PropertyInfo[] s_sessions = Settable(typeof(SessionSettings));
    private static readonly PropertyInfo[] s_dials = Settable(typeof(DialSettings));

    [Fact]
    public void Each_setting_with_any_value_is_refused_by_name_or_works()
    {
        foreach (PropertyInfo property in (IEnumerable<PropertyInfo>)[.. s_own, .. s_sessions, .. s_dials])
        {
            foreach (object? value in AnyValues.Of(property.PropertyType))
            {
                Assert.True(IsRefusedByNameOrWorks([new Change(property, value)]), $"{property.Name}: {value}");
            }
        }
    }

    [Fact]
    public void Any_settings_together_are_refused_by_name_or_work()
    {
        Gen<Change> change = Gen.Elements<PropertyInfo>([.. s_own, .. s_sessions, .. s_dials])
            .Where(property => AnyValues.Of(property.PropertyType).Length > 0)
            .SelectMany(property => Gen.Elements(AnyValues.Of(property.PropertyType)),
                (property, value) => new Change(property, value));
        Prop.ForAll(Arb.From(Gen.ArrayOf(change)), IsRefusedByNameOrWorks)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(6));
    }

    private static bool IsRefusedByNameOrWorks(Change[] changes)
    {
        P2PNodeOptions settings = new() { NetworkId = "test", Listen = new PeerAddress("a", 1) };
        foreach (Change change in changes)
        {
            settings = change.MadeTo(settings);
        }

        try
        {
            settings.Validated().Within(VirtualMesh.UsualMemory).RequireMemory(VirtualMesh.UsualMemory);
        }
        catch (ArgumentException refused)
        {
            Assert.Contains(changes,
                change => refused.ParamName == change.Property.Name
                    || refused.Message.Contains(';', StringComparison.Ordinal));
            Assert.StartsWith($"{refused.ParamName} is ", refused.Message, StringComparison.Ordinal);
            Assert.Contains("; allowed: ", refused.Message, StringComparison.Ordinal);
            return true;
        }

        Work(settings);
        return true;
    }

    /// <summary>
    /// A node with these settings starts or says why it cannot listen, accepts a connection, and stops. No part of it
    /// fails.
    /// </summary>
    private static void Work(P2PNodeOptions settings)
    {
        LogRecorder log = new();
        VirtualMesh mesh = new() { Logs = log };
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync(
                "b", change: other => other with { NetworkId = settings.NetworkId });
            try
            {
                await using P2PNode a = await mesh.StartAsync("a", change: _ => settings);
                await RestartTests.EndsAsync(b.ConnectAsync(new PeerAddress("a", 1)));
                await Task.Delay(TimeSpan.FromSeconds(30), mesh.World.TimeProvider);
                Assert.False(a.Completion.IsCompleted);
            }
            catch (NodeStoppedException cannotListen)
            {
                Assert.Contains("cannot listen", cannotListen.Message, StringComparison.Ordinal);
            }
            catch (IdentityException noFile)
            {
                Assert.True(noFile.Path == settings.NetworkSecretFile || noFile.Path == settings.CookieFile);
            }
            catch (ArgumentException noStore)
            {
                Assert.Equal(nameof(P2PNodeOptions.DataDirectory), noStore.ParamName);
            }
        });
        Assert.DoesNotContain(log.Lines, static line =>
            line.StartsWith("Error", StringComparison.Ordinal)
                || line.StartsWith("Critical", StringComparison.Ordinal));
    }

    private static PropertyInfo[] Settable(Type type) =>
        [.. type.GetProperties().Where(static property => property.CanWrite)];

    /// <summary>One setting with one value.</summary>
    private sealed record Change(PropertyInfo Property, object? Value)
    {
        public P2PNodeOptions MadeTo(P2PNodeOptions settings)
        {
            P2PNodeOptions changed =
                settings with { Session = settings.Session with { }, Dial = settings.Dial with { } };
            object target = Property.DeclaringType == typeof(SessionSettings) ? changed.Session
                : Property.DeclaringType == typeof(DialSettings) ? changed.Dial
                : changed;
            Property.SetValue(target, Value);
            return changed;
        }

        public override string ToString() => $"{Property.Name} = {Value}";
    }
}
