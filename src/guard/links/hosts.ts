import { parse } from 'tldts';

/** A host name by its parts (Public Suffix List). */
export interface HostParts {
  /** What stands before the part that is registered; empty when nothing does. */
  readonly subdomain: string;
  /** The registered name without its ending: `wallet` of `help.wallet.co.uk`. */
  readonly name: string;
  /** `co.uk` of `wallet.co.uk`. */
  readonly suffix: string;
  /** Registered name and ending. */
  readonly domain: string;
  /** Whether the ending is one that addresses end with. */
  readonly ends: boolean;
}

/** Endings that no registry sells and addresses have all the same (RFC 2606, RFC 6761, naming systems of wallets). */
const OTHER_ENDINGS = new Set(
  'example test invalid localhost local onion i2p eth crypto nft bit sol ton bnb lens'.split(' '),
);

/** Parts of a host name in its ASCII form. */
export function hostParts(host: string): HostParts {
  const { domain, domainWithoutSuffix, publicSuffix, subdomain, isIcann } = parse(host, {
    extractHostname: false,
    validateHostname: false,
  });
  const suffix = publicSuffix ?? '';
  return {
    subdomain: subdomain ?? '',
    name: domainWithoutSuffix ?? '',
    suffix,
    domain: domain ?? host,
    ends: isIcann === true || OTHER_ENDINGS.has(suffix),
  };
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** Hosts that hide where a link leads. */
export const SHORTENERS = words(
  `bit.ly bitly.com j.mp tinyurl.com t.co goo.gl is.gd v.gd ow.ly buff.ly rebrand.ly rb.gy cutt.ly shorturl.at
  shorturl.asia tiny.cc t.ly lnkd.in s.id bl.ink soo.gd clck.ru u.to qr.ae adf.ly bit.do mcaf.ee dwz.cn url.cn t.cn
  suo.im suo.nz reurl.cc pse.is lihi.cc lihi1.com lihi2.com ppt.cc shorte.st t2m.io short.io dub.sh han.gl me2.do vo.la
  x.gd u.nu urlz.fr kutt.it geni.us fb.me wp.me tinu.be shrtco.de 1url.com x.co tr.im snip.ly po.st dlvr.it trib.al
  surl.li tny.im urlr.me l.ead.me da.gd qrco.de goo.su vk.cc clik.now cli.re shorten.is short.gy chilp.it b23.tv 3.cn
  mrw.so sina.lt t.hk dwz.win dwz.tax dwz.date tb.cn m.tb.cn xhslink.com urlzs.com shorturl.me ouo.io linkvertise.com
  bc.vc exe.io zpr.io rotf.lol shorturl.gg bom.so abre.ai encurtador.com.br acesse.one kisa.link l24.im n9.cl
  acortar.link cutt.us shor.by hyperurl.co ity.im q.gs kl.am merky.de yourls.org lstu.fr huit.re tinylink.in href.li
  hyp.link t1p.de kurzelinks.de ulvis.net link.gl`,
);

/**
 * Platforms on which everybody gets a page below the same host: none of these hosts is ours as a whole, whatever a
 * registry says. The parts below them that a registry names are.
 */
export const SHARED_HOSTS = words(
  `t.me telegram.me telegram.dog x.com twitter.com mobile.twitter.com discord.gg discord.com discordapp.com facebook.com
  www.facebook.com m.me fb.com instagram.com www.instagram.com youtube.com www.youtube.com youtu.be reddit.com
  www.reddit.com old.reddit.com medium.com github.com gist.github.com gitlab.com apps.apple.com itunes.apple.com
  testflight.apple.com play.google.com docs.google.com drive.google.com sites.google.com forms.google.com forms.gle
  chrome.google.com chromewebstore.google.com addons.mozilla.org microsoftedge.microsoft.com www.microsoft.com
  linkedin.com www.linkedin.com tiktok.com www.tiktok.com weibo.com www.weibo.com zhihu.com www.zhihu.com bilibili.com
  www.bilibili.com mp.weixin.qq.com qm.qq.com jq.qq.com wa.me api.whatsapp.com chat.whatsapp.com whatsapp.com line.me
  lin.ee page.line.me kakao.com open.kakao.com pf.kakao.com vk.com ok.ru notion.so www.notion.so notion.site linktr.ee
  beacons.ai bsky.app warpcast.com mirror.xyz substack.com quora.com www.quora.com steemit.com slack.com app.slack.com
  join.slack.com matrix.to signal.me signal.group tawk.to telegra.ph pastebin.com ipfs.io cloudflare-ipfs.com
  dweb.link web.app firebaseapp.com vercel.app netlify.app pages.dev workers.dev github.io herokuapp.com wixsite.com
  weebly.com blogspot.com wordpress.com webflow.io framer.website glitch.me surge.sh replit.app onrender.com
  google.com www.google.com bing.com www.bing.com baidu.com www.baidu.com duckduckgo.com trustpilot.com
  www.trustpilot.com coingecko.com www.coingecko.com coinmarketcap.com etherscan.io tronscan.org galxe.com zealy.io`,
);

/** Hosts whose first part of the path is the name of an account, by the channel that a registry calls it. */
export const ACCOUNT_HOSTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['t.me', ['telegram']],
  ['telegram.me', ['telegram']],
  ['telegram.dog', ['telegram']],
  ['x.com', ['x', 'twitter']],
  ['twitter.com', ['x', 'twitter']],
  ['mobile.twitter.com', ['x', 'twitter']],
  ['instagram.com', ['instagram']],
  ['www.instagram.com', ['instagram']],
  ['facebook.com', ['facebook']],
  ['www.facebook.com', ['facebook']],
  ['github.com', ['github']],
  ['medium.com', ['medium']],
  ['weibo.com', ['weibo']],
  ['www.weibo.com', ['weibo']],
  ['youtube.com', ['youtube']],
  ['www.youtube.com', ['youtube']],
]);
