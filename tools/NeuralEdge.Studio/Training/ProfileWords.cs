using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Studio.Training;

/// <summary>What each profile is for.</summary>
public static class ProfileWords
{
    /// <summary>The name of a profile, as everywhere.</summary>
    /// <param name="profile">The profile.</param>
    public static string Name(Profile profile) => profile.ToString().ToLowerInvariant();

    /// <summary>What it is for, in a sentence.</summary>
    /// <param name="profile">The profile.</param>
    public static string Purpose(Profile profile) => profile switch
    {
        Profile.Exact => "16-bit weights and the smallest error: take it unless there is a reason for another.",
        Profile.Compact => "8-bit weights: up to half the file where a network is wide, for one that a board has no room for otherwise.",
        Profile.Fast => "three neurons at a time, a little less precise: for the most decisions a second.",
        _ => throw new ArgumentOutOfRangeException(nameof(profile)),
    };
}
