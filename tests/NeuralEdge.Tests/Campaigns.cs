using System.Globalization;

namespace NeuralEdge.Tests;

/// <summary>How long a campaign is and which one it is: NEURALEDGE_SEED=S takes others of everything that is drawn at random.</summary>
internal static class Campaigns
{
    /// <summary>The seed of all campaigns.</summary>
    public static int Seed { get; } = (int)Number("NEURALEDGE_SEED", 1);

    /// <summary>A number from the environment.</summary>
    /// <param name="variable">Name of the variable.</param>
    /// <param name="otherwise">The number when there is none.</param>
    public static long Number(string variable, long otherwise) =>
        long.Parse(Environment.GetEnvironmentVariable(variable) ?? otherwise.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
