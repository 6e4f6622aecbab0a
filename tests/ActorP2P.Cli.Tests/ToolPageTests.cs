using System.CommandLine;
using System.Reflection;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Tests;

/// <summary>docs/tool.md describes every command, option and exit code.</summary>
public sealed class ToolPageTests
{
    private static readonly string s_page = Repository.Read("docs/tool.md");

    private static readonly RootCommand s_root = Tool.CreateRoot(new ToolConsole(TextWriter.Null, TextWriter.Null));

    [Fact]
    public void The_page_has_every_command()
    {
        Assert.True(s_root.Subcommands.Count > 10);
        Assert.All(s_root.Subcommands, command => Assert.Contains(
            command.Name == "simulate" ? "| `simulate` |" : $"\nactorp2p {command.Name} ", s_page,
            StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_has_every_option()
    {
        string[] options = [.. s_root.Subcommands.Where(static command => command.Name != "simulate")
            .SelectMany(static command => command.Options).Select(static option => option.Name).Distinct()];

        Assert.Contains("--interval", options);
        Assert.All(options, option => Assert.Contains(option, s_page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_has_every_exit_code()
    {
        int[] codes = [.. typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(static field => (int)field.GetRawConstantValue()!)];

        Assert.Equal(6, codes.Length);
        Assert.All(codes, code => Assert.Contains($"\n| {code} | ", s_page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_has_every_setting_of_run() => Assert.All(
        Run.RunFile.KnownSettings, setting => Assert.Contains($"`{setting}`", s_page, StringComparison.Ordinal));
}
