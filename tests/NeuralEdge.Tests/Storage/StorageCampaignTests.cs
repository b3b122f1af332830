using NeuralEdge.Board.Storage;

namespace NeuralEdge.Tests.Storage;

/// <summary>
/// A million stories of models and keys in flash, with power cuts, lies and rot. NEURALEDGE_POWER_RUNS=N tells N of them, NEURALEDGE_SEED=S
/// others.
/// </summary>
[TestClass]
public sealed class StorageCampaignTests
{
    private const int MostForAPlantedFault = 200_000;

    private static readonly long Runs = Campaigns.Number("NEURALEDGE_POWER_RUNS", 1_000_000);

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void WhatWasAnsweredHoldsWhateverTheFlashDoes()
    {
        StorageCampaign campaign = new(Campaigns.Seed);
        campaign.Run(Runs);
        TestContext.WriteLine(
            $"NEURALEDGE_SEED={Campaigns.Seed}: {campaign.Runs} runs, {campaign.Cuts} power cuts, {campaign.CutsInWrites} of them in a write; "
            + string.Join(", ", Enum.GetValues<StoryKind>().Select(kind => $"{kind} {campaign.Kinds[(int)kind]}"))
            + $"; {campaign.Violations.Count} violations");
        Violations.AssertNone("Promises that were not kept", campaign.Violations);
        Assert.IsGreaterThan(Runs, campaign.Cuts);
        Assert.IsGreaterThan(Runs / 2, campaign.CutsInWrites);
        Assert.IsTrue(Array.TrueForAll(campaign.Kinds, kind => kind > 0));
    }

    /// <summary>Each promise can be seen to be broken.</summary>
    [TestMethod]
    [DataRow(StoryKind.Cuts, typeof(ConfirmsWhatBegins), "came up with", DisplayName = "no model starts that nobody has confirmed")]
    [DataRow(StoryKind.LateCommits, typeof(ConfirmsWhatBegins), "which nobody confirmed", DisplayName = "nor where closes commit nothing")]
    [DataRow(StoryKind.Cuts, typeof(SingleJournal), "came up with", DisplayName = "what was answered holds: one journal")]
    [DataRow(StoryKind.Cuts, typeof(SingleSlot), "came up with", DisplayName = "what was answered holds: one slot")]
    [DataRow(StoryKind.Wiped, typeof(InventsAModel), "no model", DisplayName = "without storage the factory model runs")]
    [DataRow(StoryKind.Cuts, typeof(SingleKeyFile), "found", DisplayName = "keys outlast a cut")]
    [DataRow(StoryKind.Cuts, typeof(KeysWithoutCrc), "found|keys are", DisplayName = "keys are whole or not there")]
    [DataRow(StoryKind.KeysRot, typeof(OneRottenFileIsNone), "the board is Open", DisplayName = "a board does not become open by itself")]
    [DataRow(StoryKind.LiesAndRot, typeof(NoSecondCopy), "nonce|found", DisplayName = "keys and nonces outlast the rot of one file")]
    public void TheCampaignFindsAPlantedFaultOfTheStore(StoryKind kind, Type fault, string what) =>
        MustFind(new StorageCampaign(1, files => (IFileStore)Activator.CreateInstance(fault, files)!), kind, what);

    [TestMethod]
    [DataRow(StoryKind.Rot, StoreFault.RunsAnything, "no model", DisplayName = "never a wrong payload")]
    [DataRow(StoryKind.Rot, StoreFault.FallsOver, "threw", DisplayName = "never a crash")]
    public void TheCampaignFindsAPlantedFaultOfTheBoard(StoryKind kind, StoreFault fault, string what) =>
        MustFind(new StorageCampaign(1, fault: fault), kind, what);

    private void MustFind(StorageCampaign campaign, StoryKind kind, string what)
    {
        while (campaign.Violations.Count == 0 && campaign.Runs < MostForAPlantedFault)
        {
            campaign.Run(2000, kind);
        }

        Assert.IsNotEmpty(campaign.Violations, $"went unnoticed in {campaign.Runs} runs");
        TestContext.WriteLine($"{campaign.Runs} runs: {campaign.Violations[0]}");
        Assert.IsTrue(campaign.Violations.Any(v => what.Split('|').Any(part => v.Contains(part, StringComparison.Ordinal))), campaign.Violations[0]);
    }
}
