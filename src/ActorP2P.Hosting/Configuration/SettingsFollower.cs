using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace ActorP2P.Hosting;

/// <summary>Gives a running node the settings that the host's configuration has after a change.</summary>
/// <param name="node">The node.</param>
/// <param name="name">Its name.</param>
/// <param name="builder">Changes settings as it did at the start.</param>
/// <param name="logger">Is told what holds now and what needs a restart; null: nobody.</param>
internal sealed class SettingsFollower(P2PNode node, string name, P2PNodeBuilder builder, ILogger? logger)
{
    /// <summary>Applies settings to the node, if it runs.</summary>
    /// <param name="settings">The settings before the program changes them.</param>
    [SuppressMessage("Design", "CA1031", Justification = "What the settings fail with is logged: nobody waits for it.")]
    public async Task TakeAsync(P2PNodeOptions settings)
    {
        if (!node.HasBegun || node.IsOver)
        {
            return;
        }

        try
        {
            P2PNodeOptions wanted = builder.Changed(settings);
            string[] live = [.. SettingChanges.Differences(node.Settings, wanted).Intersect(SettingChanges.LiveKeys)];
            IReadOnlyList<string> needRestart = await node.ApplyAsync(wanted);
            Tell([.. live.Except(needRestart)], needRestart);
        }
        catch (NodeStoppedException)
        {
            // It has ended meanwhile, which is told elsewhere.
        }
        catch (Exception refused)
        {
            if (logger is not null)
            {
                HostingLog.SettingsRefused(logger, name, refused.Message);
            }
        }
    }

    private void Tell(IReadOnlyList<string> applied, IReadOnlyList<string> needRestart)
    {
        if (logger is not null && applied.Count > 0)
        {
            HostingLog.SettingsApplied(logger, name, string.Join(", ", applied));
        }

        if (logger is not null && needRestart.Count > 0)
        {
            HostingLog.NeedRestart(logger, name, string.Join(", ", needRestart));
        }
    }
}
