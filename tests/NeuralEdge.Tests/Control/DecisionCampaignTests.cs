using System.Globalization;
using NeuralEdge.Board.Storage;
using NeuralEdge.Tests.Storage;

namespace NeuralEdge.Tests.Control;

/// <summary>
/// What the last reply said is what the next start runs. NEURALEDGE_DECISIONS=N runs N times as many stories.
/// </summary>
[TestClass]
public sealed class DecisionCampaignTests
{
    private const int Stories = 3000;

    public required TestContext TestContext { get; set; }

    private static int Times => int.Parse(Environment.GetEnvironmentVariable("NEURALEDGE_DECISIONS") ?? "1", CultureInfo.InvariantCulture);

    [TestMethod]
    public void WhatTheLastReplySaidIsWhatTheNextStartRunsWhateverTheFlashDoes()
    {
        List<string> broken = [];
        int first = (Campaigns.Seed - 1) * Stories * Times;
        for (int seed = first; seed < first + (Stories * Times) && broken.Count < 5; seed++)
        {
            if (DecisionCampaign.Run(seed) is string promise)
            {
                broken.Add(promise);
            }
        }

        TestContext.WriteLine($"NEURALEDGE_SEED={Campaigns.Seed}: {Stories * Times} stories, {DecisionCampaign.Tally}");
        Assert.IsEmpty(broken, string.Join(Environment.NewLine, broken));
        Assert.IsGreaterThan(Stories, DecisionCampaign.Tally.Done);
        Assert.IsGreaterThan(Stories / 100, DecisionCampaign.Tally.Failed);
        Assert.IsGreaterThan(Stories / 100, DecisionCampaign.Tally.Unknown);
        Assert.IsGreaterThan(Stories, DecisionCampaign.Tally.Foretold);
    }

    [TestMethod]
    [DataRow(typeof(FailedMeansNotWritten))]
    [DataRow(typeof(WrittenBecauseNobodyComplained))]
    public void TheCampaignFindsAPlantedFault(Type fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        int seed = 0;
        string? found = null;
        while (found is null && seed < Stories)
        {
            found = DecisionCampaign.Run(seed++, files => (IFileStore)Activator.CreateInstance(fault, files)!);
        }

        Assert.IsNotNull(found, $"{fault.Name} went unnoticed in {seed} stories");
        TestContext.WriteLine(found);
    }

    /// <summary>As if a journal whose write failed surely had not been written: until the next start it reads as it was.</summary>
    private sealed class FailedMeansNotWritten(IFileStore files) : PlantedFault(files)
    {
        private readonly Dictionary<string, byte[]> _old = [];

        public override int Read(string name, int position, byte[] buffer, int offset, int count)
        {
            if (!_old.TryGetValue(name, out byte[]? old))
            {
                return base.Read(name, position, buffer, offset, count);
            }

            int read = Math.Clamp(old.Length - position, 0, count);
            Array.Copy(old, position, buffer, offset, read);
            return read;
        }

        public override void Write(string name, byte[] data, int offset, int count)
        {
            byte[] old = new byte[name[0] == 'j' ? 40 : 0];
            int held = name[0] == 'j' && !_old.ContainsKey(name) ? Held(name, old) : 0;
            try
            {
                base.Write(name, data, offset, count);
                _old.Remove(name);
            }
            catch (IOException)
            {
                if (name[0] == 'j')
                {
                    _old.TryAdd(name, old[..held]);
                }

                throw;
            }
        }

        private int Held(string name, byte[] content)
        {
            try
            {
                return base.Read(name, 0, content, 0, content.Length);
            }
            catch (IOException)
            {
                return 0;
            }
        }
    }

    /// <summary>As if nothing were read back: what was written without a complaint is what is read until the next start.</summary>
    private sealed class WrittenBecauseNobodyComplained(IFileStore files) : PlantedFault(files)
    {
        private readonly Dictionary<string, byte[]> _written = [];

        public override int Read(string name, int position, byte[] buffer, int offset, int count)
        {
            if (!_written.TryGetValue(name, out byte[]? written))
            {
                return base.Read(name, position, buffer, offset, count);
            }

            Array.Copy(written, position, buffer, offset, count);
            return count;
        }

        public override void Write(string name, byte[] data, int offset, int count)
        {
            base.Write(name, data, offset, count);
            if (name[0] == 'j')
            {
                _written[name] = data.AsSpan(offset, count).ToArray();
            }
        }
    }
}
