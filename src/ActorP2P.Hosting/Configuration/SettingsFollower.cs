using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace ActorP2P.Hosting;

/// <summary>Applies changes of the host's configuration to a running node.</summary>
/// <param name="node">The node.</param>
/// <param name="name">The node's name.</param>
/// <param name="builder">Makes the program's own changes to the settings, as at the start.</param>
/// <param name="logger">Logs what has been applied and what needs a restart; null: nothing is logged.</param>
internal sealed class SettingsFollower(P2PNode node, string name, P2PNodeBuilder builder, ILogger? logger)
{
    /// <summary>Applies settings to the node if it is running.</summary>
    /// <param name="settings">The settings of the configuration, without the program's own changes.</param>
    [SuppressMessage("Design", "CA1031", Justification = "No caller waits for the result, so every fault is logged.")]
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
            Log([.. live.Except(needRestart)], needRestart);
        }
        catch (NodeStoppedException)
        {
            // The node has stopped in the meantime; its own log says so.
        }
        catch (Exception refused)
        {
            if (logger is not null)
            {
                HostingLog.SettingsRefused(logger, name, refused.Message);
            }
        }
    }

    private void Log(IReadOnlyList<string> applied, IReadOnlyList<string> needRestart)
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
