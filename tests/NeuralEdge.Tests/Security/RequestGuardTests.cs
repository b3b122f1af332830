using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Host;
using NeuralEdge.Tests.Link;

namespace NeuralEdge.Tests.Security;

/// <summary>What a keyed board carries out, and for whom.</summary>
[TestClass]
public sealed class RequestGuardTests
{
    private static readonly (LinkRequest Request, byte[] Data)[] Changing =
    [
        (LinkRequest.Begin, new byte[8]), (LinkRequest.Commit, []), (LinkRequest.Confirm, KeyedBench.Confirm()), (LinkRequest.Revert, new byte[8]),
        (LinkRequest.Reset, []), (LinkRequest.Abort, []), (LinkRequest.Provision, KeyedBench.Provision(key: KeyedBench.Replacement, replacement: KeyedBench.Key)),
    ];

    private static readonly (LinkRequest Request, byte[] Data)[] Reading =
    [
        (LinkRequest.Read, [0, 0, 0, 0, 4, 0]), (LinkRequest.Ask, [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0]), (LinkRequest.Answer, [0, 0]), (LinkRequest.Subscribe, [1, 0]),
        (LinkRequest.Counts, [0, 0, 0, 0]),
    ];

    [TestMethod]
    public void WhatChangesAKeyedBoardIsRefusedWithoutATag()
    {
        KeyedBench bench = new();
        (bench.Bench.Board.RefusalCode, bench.Bench.Board.RefusalWhere) = (7, 9);
        foreach ((LinkRequest request, byte[] data) in Changing)
        {
            Assert.AreEqual(RequestStatus.NotAuthorised, bench.Ask(request, data), $"{request}");
            Assert.IsTrue(bench.Reply.AsSpan(1).IndexOfAnyExcept((byte)0) < 0, "a refusal says no more");
        }

        Assert.AreEqual(0, bench.Done);
        CollectionAssert.AreEqual(KeyedBench.Key, bench.Security.Keys.Key);
        Assert.AreEqual(RequestStatus.Ok, bench.AskSigned(LinkRequest.Confirm, KeyedBench.Confirm()), "and none of them cost a pause");
    }

    [TestMethod]
    public void AnOpenBoardKnowsNoTags()
    {
        KeyedBench bench = new(provision: false);
        Assert.AreEqual(RequestStatus.UnknownRequest, bench.Ask(LinkRequest.Challenge));
        Assert.AreEqual(RequestStatus.UnknownRequest, bench.Ask(LinkRequest.Signed, bench.Sign(LinkRequest.Abort, [], nonce: new byte[16])));
        Assert.AreEqual(RequestStatus.Ok, bench.Ask(LinkRequest.Abort));
    }

    [TestMethod]
    public void BeforeTheFirstChallengeNoNonceIsGoodNotEvenAtTheFirstInstant()
    {
        KeyedBench bench = new();
        bench.Start();
        byte[] zeros = new byte[KeyedMessages.NonceLength];
        byte[] request = [(byte)LinkRequest.Abort, .. new HostHmac().Compute(KeyedBench.Key, KeyedMessages.OfRequest(zeros, 1, 2, [(byte)LinkRequest.Abort], 0, 1))];
        Assert.AreEqual(RequestStatus.NotAuthorised, bench.Security.Requests.Check(0, 1, 2, request, 0, request.Length, replaces: false));
        Assert.AreEqual(RequestStatus.Ok, bench.Security.Requests.Challenge(0), "and that costs no pause");
    }

    [TestMethod]
    public void ABoardWithoutTheCodeCannotBeKeyed()
    {
        BoardSecurity security = new(new KeyedBench(provision: false).Flash, null);
        security.Start();
        Link.ServerBench bench = new(security);
        bench.Hello(lowest: LinkProtocol.Version, highest: LinkProtocol.Version);
        Assert.AreEqual((byte)RequestStatus.UnknownRequest, bench.Ask(LinkRequest.Provision, 101, KeyedBench.Provision())[0]);
        Assert.AreEqual(SecurityMode.Open, security.Keys.Mode);
    }

    [TestMethod]
    public void AKeyedBoardWithFirmwareWithoutTheCodeSaysSoTakesNothingAndKeepsItsKeys()
    {
        KeyedBench bench = new();
        BoardSecurity security = new(bench.Flash, null);
        security.Start();
        Assert.AreEqual(SecurityMode.WithoutCode, security.Keys.Mode);
        Link.ServerBench server = new(security);
        server.Hello(lowest: LinkProtocol.Version, highest: LinkProtocol.Version);
        int sequence = 101;
        byte[] tagged = [(byte)LinkRequest.Begin, .. new byte[8], .. new byte[KeyedMessages.TagLength]];
        foreach ((LinkRequest request, byte[] data) in (ReadOnlySpan<(LinkRequest, byte[])>)[.. Reading, (LinkRequest.Begin, new byte[8]), (LinkRequest.Provision, KeyedBench.Provision()), (LinkRequest.Challenge, []), (LinkRequest.Signed, tagged)])
        {
            byte[] reply = server.Ask(request, sequence++, data);
            Assert.AreEqual((byte)RequestStatus.Locked, reply[0], $"{request}");
            Assert.AreEqual(RequestGuard.UntilOtherFirmware, BitConverter.ToInt32(reply, 2), $"{request}");
        }

        string sentence = NeuralEdge.Host.RequestStatusText.Describe(LinkRequest.Begin, RequestStatus.Locked, 0, RequestGuard.UntilOtherFirmware);
        StringAssert.Contains(sentence, "no HMAC-SHA256");
        Assert.DoesNotContain("erase", sentence, "the keys are still there");
        Assert.AreEqual(0, server.Board.CallsOf("Begin"));

        // Firmware that has it again finds everything as it was.
        bench.Start();
        bench.Hello();
        Assert.AreEqual(RequestStatus.Ok, bench.AskSigned(LinkRequest.Begin, new byte[8]));
    }

    [TestMethod]
    public void ReadingStaysOpenUnlessItIsClosed()
    {
        KeyedBench open = new();
        KeyedBench closed = new(closeReading: true);
        foreach ((LinkRequest request, byte[] data) in Reading)
        {
            Assert.AreEqual(RequestStatus.Ok, open.Ask(request, data), $"{request}");
            Assert.AreEqual(RequestStatus.NotAuthorised, closed.Ask(request, data), $"{request}");
            byte[] answer = open.Reply;
            if (request != LinkRequest.Answer)
            {
                Assert.AreEqual(RequestStatus.Ok, closed.AskSigned(request, data), $"{request}");
                CollectionAssert.AreEqual(answer, closed.Reply, $"the reply to {request} inside SIGNED is its own");
            }
        }

        Assert.AreEqual(RequestStatus.Ok, closed.Ask(LinkRequest.Info));
        Assert.AreEqual(SecurityMode.ReadingClosed, closed.Security.Keys.Mode);
    }

    [TestMethod]
    public void ANonceIsGoodForOneRequestRightOrWrong()
    {
        KeyedBench bench = new();
        bench.Challenge();
        byte[] signed = bench.Sign(LinkRequest.Confirm, KeyedBench.Confirm());
        Assert.AreEqual(RequestStatus.Ok, bench.Ask(LinkRequest.Signed, signed));
        Assert.AreEqual(RequestStatus.NotAuthorised, bench.Ask(LinkRequest.Signed, bench.Sign(LinkRequest.Confirm, KeyedBench.Confirm())));

        bench.Challenge();
        Assert.AreEqual(RequestStatus.NotAuthorised, bench.Ask(LinkRequest.Signed, bench.Sign(LinkRequest.Confirm, KeyedBench.Confirm(), key: KeyedBench.Replacement)));
        bench.Bench.Wait(RequestGuard.FirstPauseMs);
        Assert.AreEqual(RequestStatus.NotAuthorised, bench.Ask(LinkRequest.Signed, bench.Sign(LinkRequest.Confirm, KeyedBench.Confirm())), "the wrong tag has spent it");
        Assert.AreEqual(1, bench.Done);
    }

    [TestMethod]
    public void ARequestThatIsHeldBackTooLongIsRefused()
    {
        KeyedBench bench = new();
        bench.Challenge();
        bench.Bench.Wait(RequestGuard.NonceMs - 100);
        Assert.AreEqual(RequestStatus.Ok, bench.Ask(LinkRequest.Signed, bench.Sign(LinkRequest.Abort, [])));
        bench.Challenge();
        bench.Bench.Wait(RequestGuard.NonceMs);
        Assert.AreEqual(RequestStatus.NotAuthorised, bench.Ask(LinkRequest.Signed, bench.Sign(LinkRequest.Abort, [])));
        Assert.AreEqual(RequestStatus.Ok, bench.AskSigned(LinkRequest.Abort), "being late costs no pause");
    }

    [TestMethod]
    public void ASignedRequestThatIsRepeatedIsAnsweredAgainAndDoneOnce()
    {
        KeyedBench bench = new();
        bench.Challenge();
        byte[] frame = Link.ServerBench.Frame((int)LinkRequest.Signed, bench.Sequence, bench.Bench.Session, bench.Sign(LinkRequest.Confirm, KeyedBench.Confirm()));
        byte[] first = bench.Bench.Send(frame);
        Assert.AreEqual((byte)RequestStatus.Ok, first[0]);
        CollectionAssert.AreEqual(first, bench.Bench.Send(frame));
        Assert.AreEqual(1, bench.Bench.Board.CallsOf("Confirm"));
        Assert.AreEqual((int)LinkRequest.Signed | LinkProtocol.Reply, bench.Bench.Type);
    }

    [TestMethod]
    public void WorkThatTakesLongIsAnsweredAsSigned()
    {
        KeyedBench bench = new();
        bench.Bench.Board.Next = RequestStatus.Working;
        bench.AskSigned(LinkRequest.Begin, new byte[8]);
        bench.Bench.Board.Polled = RequestStatus.Ok;
        byte[] reply = bench.Bench.Run();
        Assert.AreEqual((int)LinkRequest.Signed | LinkProtocol.Reply, bench.Bench.Type);
        Assert.HasCount(9, reply);
        Assert.AreEqual(256, BitConverter.ToInt32(reply, 1), "BEGIN's own reply");
    }

    [TestMethod]
    public void NoNonceComesTwiceAlsoAfterRestarts()
    {
        KeyedBench bench = new();
        HashSet<string> seen = [];
        for (int start = 0; start < 40; start++)
        {
            for (int i = 0; i < 25; i++)
            {
                Assert.AreEqual(RequestStatus.Ok, bench.Challenge());
                Assert.IsTrue(seen.Add(Convert.ToHexString(bench.Nonce)), $"start {start}, nonce {i}");
            }

            bench.Start();
            bench.Hello();
        }
    }

    [TestMethod]
    public void AStartThatCannotBeCountedGivesNoNonce()
    {
        KeyedBench bench = new();
        bench.Start();
        bench.Hello();
        bench.Flash.OnlyFails = true;
        bench.Flash.CutAt = bench.Flash.Points;
        bench.Challenge();
        Assert.AreEqual(RequestStatus.Ok, (RequestStatus)bench.Reply[0], "a write that fails once is repeated");
        bench.Start(new ReadOnlyFlash(bench.Flash));
        bench.Hello();
        Assert.AreEqual(RequestStatus.StorageFailed, bench.Challenge());
    }

    [TestMethod]
    public void ThePauseGrowsWithEachWrongTagAndARightOneEndsIt()
    {
        KeyedBench bench = new();
        int[] pauses = [1000, 2000, 4000, 8000, 8000, 8000, 8000, 8000, 8000, 8000, 8000, 8000];
        foreach (int pause in pauses)
        {
            bench.Challenge();
            Assert.AreEqual(RequestStatus.NotAuthorised, bench.Ask(LinkRequest.Signed, new byte[40]));
            Assert.AreEqual(RequestStatus.Locked, bench.Challenge());
            int left = BitConverter.ToInt32(bench.Reply, 2);
            Assert.IsTrue(left > pause - 200 && left <= pause, $"{left} ms of {pause}");
            Assert.AreEqual(RequestStatus.Locked, bench.Ask(LinkRequest.Signed, bench.Sign(LinkRequest.Abort, [])));
            Assert.AreEqual(RequestStatus.Ok, bench.Ask(LinkRequest.Info), "who reads does not wait");
            bench.Bench.Wait(left);
        }

        Assert.AreEqual(RequestStatus.Ok, bench.AskSigned(LinkRequest.Abort));
        bench.Challenge();
        bench.Ask(LinkRequest.Signed, new byte[40]);
        Assert.AreEqual(RequestStatus.Locked, bench.Challenge());
        Assert.IsLessThanOrEqualTo(1000, BitConverter.ToInt32(bench.Reply, 2), "the count began anew");
    }

    [TestMethod]
    public void ARestartDoesNotShortenThePause()
    {
        KeyedBench bench = new();
        for (int i = 0; i < 5; i++)
        {
            bench.WaitOut();
            bench.Challenge();
            bench.Ask(LinkRequest.Signed, new byte[40]);
        }

        bench.Start();
        bench.Hello();
        Assert.AreEqual(RequestStatus.Locked, bench.Challenge());
        int left = BitConverter.ToInt32(bench.Reply, 2);
        Assert.IsTrue(left > 7_000 && left <= 8_000, $"{left} ms");
    }

    [TestMethod]
    public void FlashIsWrittenTenTimesForWrongTagsAndNotMore()
    {
        KeyedBench bench = new();
        bench.Challenge();
        int before = Generation();
        for (int i = 0; i < 40; i++)
        {
            bench.WaitOut();
            bench.Challenge();
            bench.Ask(LinkRequest.Signed, new byte[40]);
            Assert.AreEqual(before + Math.Min(i + 1, RequestGuard.MostFailures), Generation());
        }

        // Nor for requests without a nonce, without a tag, or that only read.
        before = Generation();
        for (int i = 0; i < 20; i++)
        {
            bench.Bench.Wait(RequestGuard.LongestPauseMs);
            bench.Ask(LinkRequest.Signed, new byte[40]);
            bench.Ask(LinkRequest.Confirm, KeyedBench.Confirm());
            bench.Ask(LinkRequest.Info);
        }

        Assert.AreEqual(before, Generation());

        int Generation() => BitConverter.ToInt32(bench.Flash.Files["k0.key"], 4);
    }

    [TestMethod]
    public void FirstKeysWaitUntilThereIsTimeForTheirThreeWrites()
    {
        KeyedBench bench = new(provision: false);
        bench.Bench.Line.Give(ServerBench.Frame((int)LinkRequest.Provision, bench.Sequence, bench.Bench.Session, KeyedBench.Provision()));
        for (int step = 0; step < 100; step++)
        {
            bench.Bench.Server.Step(100, 2);
        }

        Assert.AreEqual(SecurityMode.Open, bench.Security.Keys.Mode);
        int writes = 0;
        for (int step = 0; step < 100; step++)
        {
            bench.Bench.Server.Step(100, 3);
            writes += bench.Bench.Server.FlashWrites;
        }

        Assert.AreEqual(SecurityMode.Keyed, bench.Security.Keys.Mode);
        Assert.AreEqual(3, writes);

        // What a change costs is reckoned from their number: those of the first nonce are not those before once more.
        bench.Bench.Line.Give(ServerBench.Frame((int)LinkRequest.Challenge, bench.Sequence + 1, bench.Bench.Session, []));
        bench.Bench.Server.Step(100, 2);
        Assert.AreEqual(2, bench.Bench.Server.FlashWrites);
    }

    [TestMethod]
    public void NewKeysNeedTheReplacementKeyAndComeCovered()
    {
        KeyedBench bench = new();
        byte[] next = [.. Enumerable.Range(128, 32).Select(i => (byte)i)];
        byte[] provision = KeyedBench.Provision(key: KeyedBench.Replacement, replacement: next);
        bench.Challenge();
        Assert.AreEqual(RequestStatus.NotAuthorised, bench.Ask(LinkRequest.Signed, bench.Sign(LinkRequest.Provision, provision)), "the key in use gives no keys");
        bench.WaitOut();
        bench.Challenge();
        KeyedMessages.Cover(new HostHmac(), KeyedBench.Replacement, bench.Nonce, provision, 1);
        byte[] signed = bench.Sign(LinkRequest.Provision, provision, KeyedBench.Replacement);
        Assert.IsLessThan(0, signed.AsSpan().IndexOf(next.AsSpan(0, 8)), "nobody on the line sees a key");
        Assert.AreEqual(RequestStatus.Ok, bench.Ask(LinkRequest.Signed, signed));
        CollectionAssert.AreEqual(KeyedBench.Replacement, bench.Security.Keys.Key);
        CollectionAssert.AreEqual(next, bench.Security.Keys.Replacement);

        bench.Challenge();
        Assert.AreEqual(RequestStatus.NotAuthorised, bench.Ask(LinkRequest.Signed, bench.Sign(LinkRequest.Abort, [])), "the old key");
        bench.WaitOut();
        bench.Challenge();
        Assert.AreEqual(RequestStatus.Ok, bench.Ask(LinkRequest.Signed, bench.Sign(LinkRequest.Abort, [], KeyedBench.Replacement)));
    }

    [TestMethod]
    public void TheReplacementKeyIsGoodForNothingElse()
    {
        KeyedBench bench = new();
        foreach ((LinkRequest request, byte[] data) in Changing.Where(r => r.Request != LinkRequest.Provision))
        {
            bench.WaitOut();
            bench.Challenge();
            Assert.AreEqual(RequestStatus.NotAuthorised, bench.Ask(LinkRequest.Signed, bench.Sign(request, data, KeyedBench.Replacement)), $"{request}");
        }

        Assert.AreEqual(0, bench.Done);
    }

    [TestMethod]
    public void ABoardIsOpenedAgainByItsOwnerOnly()
    {
        KeyedBench bench = new();
        Assert.AreEqual(RequestStatus.NotAuthorised, bench.Ask(LinkRequest.Provision, KeyedMessages.Open));
        bench.Challenge();
        Assert.AreEqual(RequestStatus.Ok, bench.Ask(LinkRequest.Signed, bench.Sign(LinkRequest.Provision, [KeyedMessages.Open], KeyedBench.Replacement)));
        bench.Start();
        bench.Hello();
        Assert.AreEqual(SecurityMode.Open, bench.Security.Keys.Mode);
        Assert.AreEqual(RequestStatus.Ok, bench.Ask(LinkRequest.Abort));
        Assert.IsFalse(bench.Flash.Files.Values.Any(file => file.AsSpan().IndexOf(KeyedBench.Key) >= 0), "no key is left in flash");
    }

    [TestMethod]
    public void KeysThatCannotBeAreRefused()
    {
        KeyedBench bench = new(provision: false);
        byte[][] wrong =
        [
            [], [0], [KeyedMessages.Open], KeyedBench.Provision()[..^1], [.. KeyedBench.Provision(), 0], KeyedBench.Provision(key: new byte[32]),
            KeyedBench.Provision(replacement: new byte[32]), KeyedBench.Provision(replacement: KeyedBench.Key), [.. new byte[] { 4 }, .. KeyedBench.Provision()[1..]],
        ];
        foreach (byte[] data in wrong)
        {
            Assert.AreEqual(RequestStatus.BadRequest, bench.Ask(LinkRequest.Provision, data));
        }

        Assert.AreEqual(SecurityMode.Open, bench.Security.Keys.Mode);
        Assert.IsEmpty(bench.Flash.Files);
    }

    [TestMethod]
    public void NoReplyEverHoldsAKey()
    {
        KeyedBench bench = new();
        bench.Challenge();
        for (int type = 1; type < 0x40; type++)
        {
            foreach (int length in new[] { 0, 1, 2, 6, 8, 9, 12, 40, 81 })
            {
                bench.Ask((LinkRequest)type, new byte[length]);
                Assert.IsLessThan(0, bench.Bench.Wire.AsSpan().IndexOf(KeyedBench.Key.AsSpan(8, 8)));
                Assert.IsLessThan(0, bench.Bench.Wire.AsSpan().IndexOf(KeyedBench.Replacement.AsSpan(8, 8)));
            }
        }
    }

    [TestMethod]
    public void AModelOlderThanWhatWasConfirmedIsRefusedUnlessItsOwnerSaysSo()
    {
        KeyedBench bench = new();
        byte[] Commit(uint number, byte flags) => [.. BitConverter.GetBytes(number), flags, .. new byte[32]];
        Assert.AreEqual(RequestStatus.BadRequest, bench.AskSigned(LinkRequest.Commit), "an unsigned model");
        Assert.AreEqual(RequestStatus.BadRequest, bench.AskSigned(LinkRequest.Commit, Commit(5, 3)));
        Assert.AreEqual(RequestStatus.BadRequest, bench.AskSigned(LinkRequest.Commit, Commit(5, KeyedMessages.OwnNumber)), "a number and none");
        Assert.AreEqual(RequestStatus.Ok, bench.AskSigned(LinkRequest.Commit, Commit(5, 0)));
        bench.Security.Keys.RaiseNumber(5);
        Assert.AreEqual(RequestStatus.OldModel, bench.AskSigned(LinkRequest.Commit, Commit(4, 0)));
        Assert.AreEqual(5, BitConverter.ToInt32(bench.Reply, 2));
        Assert.AreEqual(RequestStatus.Ok, bench.AskSigned(LinkRequest.Commit, Commit(5, 0)), "as new is new enough");
        Assert.AreEqual(RequestStatus.Ok, bench.AskSigned(LinkRequest.Commit, Commit(4, KeyedMessages.Older)));
        Assert.AreEqual(RequestStatus.Ok, bench.AskSigned(LinkRequest.Commit, Commit(0, KeyedMessages.OwnNumber)), "as new as the newest");
        bench.Start();
        Assert.AreEqual(5u, bench.Security.Keys.SecurityNumber);
    }

    private sealed class ReadOnlyFlash(Board.Storage.IFileStore files) : Storage.PlantedFault(files)
    {
        public override void Write(string name, byte[] data, int offset, int count) => throw new IOException("worn out");
    }
}
