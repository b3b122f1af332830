using System.Globalization;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.Tests.Storage;

/// <summary>
/// Power cuts at every point of some stories of the store. NEURALEDGE_POWER_SEEDS=N runs them with N seeds instead of one.
/// </summary>
[TestClass]
public sealed class PowerLossTests
{
    /// <summary>What was before, and what is cut: first confirmations, replacements, reverts, resumed and dropped uploads.</summary>
    private static readonly (string Setup, string Script)[] Stories =
    [
        ("", "U"), ("U", "U"), ("UU", "U"), ("UUR", "U"), ("UUU", "R"), ("UU", "RR"), ("UUR", "RU"),
        ("UP", "U"), ("UPB", "U"), ("UT", "BU"), ("UT", "RU"), ("UTA", "U"), ("P", "BU"), ("UURR", "UU"), ("UUPB", "R"), ("UPB", "NU"),
    ];

    private static int Seeds => int.Parse(Environment.GetEnvironmentVariable("NEURALEDGE_POWER_SEEDS") ?? "1", CultureInfo.InvariantCulture);

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void OneCutAnywhereLeavesTheLastOrTheNewConfirmedModel()
    {
        PowerLossCampaign campaign = new();
        ForEachStory((setup, script, model, seed) =>
        {
            for (int variant = 0; variant < 4; variant++)
            {
                campaign.CutEverywhere(setup, script, model, (seed * 4) + variant);
            }
        });
        MustBeFlawless(campaign, 40_000L * Seeds);
    }

    [TestMethod]
    public void ASecondCutInTheRecoveryLosesNothingEither()
    {
        PowerLossCampaign campaign = new();
        ForEachStory((setup, script, model, seed) => campaign.CutTwice(setup, script, model, seed, stride: 52));
        MustBeFlawless(campaign, 65_000L * Seeds);
    }

    [TestMethod]
    public void AThirdCutLosesNothingEither()
    {
        PowerLossCampaign campaign = new();
        ForEachStory((setup, script, model, seed) => campaign.CutThrice(setup, script, model, seed, 400));
        MustBeFlawless(campaign, 25_000L * Seeds);
    }

    [TestMethod]
    public void AFailingWriteIsARefusalAndLosesNothing()
    {
        PowerLossCampaign campaign = new();
        ForEachStory((setup, script, model, seed) => campaign.FailEverywhere(setup, script, model, seed));
        MustBeFlawless(campaign, 8_000L * Seeds);
    }

    [TestMethod]
    [DataRow(typeof(JournalWithoutCrc))]
    [DataRow(typeof(JournalWithHeaderCrc))]
    [DataRow(typeof(SingleJournal))]
    [DataRow(typeof(SingleSlot))]
    [DataRow(typeof(ConfirmBeforeData))]
    public void TheCampaignFindsAPlantedFault(Type fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        PowerLossCampaign campaign = new(files => (IFileStore)Activator.CreateInstance(fault, files)!);
        foreach (FlashModel model in FlashModels.ThatCommit)
        {
            foreach ((string setup, string script) in Stories)
            {
                for (int seed = 0; seed < 4 && campaign.Violations.Count == 0; seed++)
                {
                    campaign.CutEverywhere(setup, script, model, seed);
                }
            }
        }

        TestContext.WriteLine($"{fault.Name}: found after {campaign.Runs} runs");
        Assert.IsNotEmpty(campaign.Violations, $"{fault.Name} went unnoticed in {campaign.Runs} runs");
        TestContext.WriteLine(campaign.Violations[0]);
    }

    private static void ForEachStory(Action<string, string, FlashModel, int> run)
    {
        foreach (FlashModel model in FlashModels.ThatCommit)
        {
            foreach ((string setup, string script) in Stories)
            {
                for (int seed = 0; seed < Seeds; seed++)
                {
                    run(setup, script, model, seed);
                }
            }
        }
    }

    private void MustBeFlawless(PowerLossCampaign campaign, long fewestRuns)
    {
        TestContext.WriteLine($"{campaign.Runs} runs, {campaign.Cuts} cuts, {campaign.Violations.Count} violations");
        Assert.IsEmpty(campaign.Violations, string.Join(Environment.NewLine, campaign.Violations.Take(5)));
        Assert.IsGreaterThanOrEqualTo(fewestRuns, campaign.Runs, "the campaign has shrunk");
    }
}
